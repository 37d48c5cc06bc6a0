# The values of TestTableRateIsPCHIP, by SciPy: python3 pchip.py
from scipy.interpolate import PchipInterpolator
curve = PchipInterpolator([-2, -1, 0, 0.5, 2, 3], [0, 0.1, 1, 1.5, 1.2, 4])
for v in [-1.9, -1.25, -1, -0.3, 0.1, 0.25, 0.5, 0.9, 1.75, 2, 2.01, 2.6, 3]:
    print("\t%s: %r," % (v, float(curve(v))))
