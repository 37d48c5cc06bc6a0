package bench

// sizes are how large the benchmarks are. All durations are in synaptic time constants.
type sizes struct {
	rounds int // in which contenders take turns, at least 5

	exactN        int
	exactDuration float64

	sparseN        int
	sparseInDegree int
	sparseDuration float64

	variantsLeapN    int
	variantsDuration float64

	leapN        []int
	leapDuration float64
	// accuracySteps is n times the number of steps over which an error of the means is
	// measured: its standard error falls like the square root.
	accuracySteps float64

	growthDuration       float64
	growthExact          []int
	growthLeap           []int
	crossingN            []int
	crossingDuration     float64
	crossingLeastSeconds float64 // that a sample takes, by repetition
}

var fullSizes = sizes{
	rounds: 5,
	exactN: 1000, exactDuration: 10,
	sparseN: 2000, sparseInDegree: 100, sparseDuration: 50,
	variantsLeapN: 10_000, variantsDuration: 3,
	leapN: []int{1_000, 10_000}, leapDuration: 10, accuracySteps: 2.4e8,
	growthDuration: 1, growthExact: []int{250, 500, 1000, 2000}, growthLeap: []int{10_000, 30_000, 100_000, 300_000, 1_000_000},
	crossingN: []int{8, 16, 32, 64, 128, 256, 512}, crossingDuration: 10, crossingLeastSeconds: 0.05,
}

var quickSizes = sizes{
	rounds: 5,
	exactN: 100, exactDuration: 2,
	sparseN: 200, sparseInDegree: 20, sparseDuration: 20,
	variantsLeapN: 200, variantsDuration: 0.5,
	leapN: []int{200}, leapDuration: 1, accuracySteps: 1e5,
	growthDuration: 0.1, growthExact: []int{50, 100, 200}, growthLeap: []int{1000, 2000, 4000},
	crossingN: []int{16, 64, 256}, crossingDuration: 1, crossingLeastSeconds: 0.002,
}

// The steps of the benchmarks that are not chosen by an error.
const (
	perStepStep = 1e-3 // of the NumPy program in exact
	sparseStep  = 1e-2 // of Brian2 and NEST in sparse: the usual 0.1 ms of a time constant of 10 ms
	growthStep  = 0.02 // of the leap in growth
)

// meansTolerance is the error of the means at which programs that step are compared.
const meansTolerance = 1e-3
