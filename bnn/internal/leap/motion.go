package leap

// A rateKick displaces a potential by cλ − c²λλ′/2, which follows v′ = −λ(v) over a
// length c to second order. It works on what a table gives: λ/max and λ′/(max·scale).
type rateKick struct{ length, steepness float64 }

func newRateKick(rate *Rate, length float64) rateKick {
	return rateKick{length * rate.max, length * rate.max * rate.scale}
}

func (k rateKick) displacement(value, slope float64) float64 {
	return k.length * value * (1 - k.steepness/2*slope)
}

// rate returns λ/max after the kick, to first order in c: c² is of order h²/n.
func (k rateKick) rate(value, slope float64) float64 {
	return value * (1 - k.steepness*slope)
}

// A motion is what a step does to potentials, with the sums of what it finds: λ/max, λ′/(max·scale)
// and their product, before the kick that ends the step. The drift comes with the noise.
type motion struct {
	decay, scale, offset     float64
	first, second            float64 // a kick displaces by first·λ/max − second·(product)
	endSteepness             float64
	values, slopes, products float64
}

func newMotion(rate *Rate, law *Law) motion {
	both := newRateKick(rate, law.EndKick+law.StartKick)
	return motion{decay: law.decay, scale: rate.scale, offset: rate.offset,
		first: both.length, second: both.length * both.steepness / 2, endSteepness: newRateKick(rate, law.EndKick).steepness}
}

// sum is that of the rates after the kick that ends the step, and of the slopes.
func (m *motion) sum() RateSum { return RateSum{m.values - m.endSteepness*m.products, m.slopes} }

// move moves neurons whose rate has a table. It is the innermost loop of the leap, of which moveDirect
// says plainly what it does: polynomials share their parts here, and all but one of the numbers
// stay in the 15 registers that there are.
func (m *motion) move(table *rateTable, potentials, added []float64) {
	decay, scale, offset, first, second := m.decay, m.scale, m.offset, m.first, m.second
	values, slopes, products := m.values, m.slopes, m.products
	added = added[:len(potentials)]
	for j, v := range potentials {
		y := v*decay + added[j]
		x := y*scale + offset
		if x < 0 {
			x = 0
		}
		if x > rateTableTop {
			x = rateTableTop
		}
		i := int(x)
		c := &table.cells[i&(rateCells-1)]
		f := x - float64(i)
		q := f * c.c3
		r := c.c2 + q
		p := c.c1 + f*r
		slope := p + f*(r+q)
		slopes += slope
		value := c.c0 + f*p
		values += value
		y -= first * value
		product := value * slope
		products += product
		potentials[j] = y + second*product
	}
	m.values, m.slopes, m.products = values, slopes, products
}

// moveDirect moves neurons whose rate no table serves.
func (m *motion) moveDirect(rate *Rate, potentials, added []float64) {
	for j, v := range potentials {
		y := v*m.decay + added[j]
		value, slope := rate.call(y)
		m.values += value
		m.slopes += slope
		m.products += value * slope
		potentials[j] = y - m.first*value + m.second*value*slope
	}
}

// total adds up numbers, in four sums that do not wait for each other.
func total(numbers []float64) float64 {
	var s0, s1, s2, s3 float64
	for len(numbers) >= 4 {
		s0 += numbers[0]
		s1 += numbers[1]
		s2 += numbers[2]
		s3 += numbers[3]
		numbers = numbers[4:]
	}
	for _, x := range numbers {
		s0 += x
	}
	return (s0 + s1) + (s2 + s3)
}
