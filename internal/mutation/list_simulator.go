package mutation

import "fmt"

// ofSimulators break what is simulated.
var ofSimulators = []Mutation{
	{"wrong-sign", "The weight from the second population to the first has the wrong sign", Simulator, otherNetwork("changed.Weights[0][1] = -changed.Weights[0][1]")},
	{"dropped-pathway", "The second population does not hear the first", Simulator, otherNetwork("changed.Weights[1][0] = 0")},
	{"simulated-weight-1-percent", "The weight from the second population to the first is 1 % too large", Simulator, otherNetwork("changed.Weights[0][1] *= 1.01")},
	{"tau-3-percent", "All time constants are 3 % too long", Simulator, otherNetwork("for a := range changed.Populations {\n\t\tchanged.Populations[a].Tau *= 1.03\n\t}")},
	{"weights-of-order-1", "Weights are not scaled by n^{-1/2}", Simulator, scaled("0.5")},
	{"weights-like-1/n", "Weights are scaled by 1/n in the place of n^{-1/2}", Simulator, scaled("-0.5")},
	{"weights-like-n^-0.55", "Weights are scaled by n^{-0.55} in the place of n^{-1/2}", Simulator, scaled("-0.05")},
	{"sources-10-percent", "The weights of sources are 10 % too large", Simulator, otherNetwork("for x := range changed.Feedforward {\n\t\tfor a := range changed.Feedforward[x].Weights {\n\t\t\tchanged.Feedforward[x].Weights[a] *= 1.1\n\t\t}\n\t}")},
	{"private-sources", "Shared sources have spikes for each neuron by itself", Simulator, otherNetwork("for x := range changed.Feedforward {\n\t\tchanged.Feedforward[x].Shared = false\n\t}")},
	{"shared-spikes-like-1/n", "Weights of shared spikes are scaled by 1/n in the place of n^{-1/2}", Simulator, []Edit{
		{"bnn/simulate/sharedspikes.go", "newPlainRun(p, random, math.Sqrt(float64(p.n)), 1, 1)", "newPlainRun(p, random, math.Sqrt(float64(p.n))*math.Sqrt(float64(p.n)), 1, 1)"}}},
	{"shared-spikes-excite", "Shared spikes of the second population have the wrong sign", Simulator, []Edit{
		{"bnn/simulate/sharedspikes.go", "r.heard[a] = r.heardAt(a, t) + r.network.Weights[a][b]/r.divisor", "r.heard[a] = r.heardAt(a, t) + float64(1-2*(b%2))*r.network.Weights[a][b]/r.divisor"}}},
	{"sparse-drawn-anew", "A sparse network draws anew, at each spike, who hears it", Simulator, []Edit{
		{"bnn/simulate/sparse.go", "hearers := r.pathways[a][b].hearers(k)", "hearers := r.pathways[a][b].hearers(r.random.IntN(r.counts[b]))"}}},
	{"self-hearing", "Neurons hear themselves", Simulator, []Edit{
		{"bnn/internal/leap/scheme.go", "self := network.Weights[a][a] / s.rootN", "self := network.Weights[a][a] / s.rootN * (1 - s.distinct)" /* for neurons, not for the moments by which steps are chosen */},
		{"bnn/internal/leap/scheme.go", "sources -= s.distinct", "sources -= 0 * s.distinct"},
		{"bnn/internal/thinning/advance.go", "if source == target {", "if source == target && limit < 0 {"}}},
	{"shared-processes", "A neuron has one process that all hear, and not one for each pair", Simulator, []Edit{
		{"bnn/internal/leap/neurons.go", "\tm, noisy := newMotion(rate, law), 0.0\n", "\tm, noisy, heard, common := newMotion(rate, law), 0.0, false, 0.0\n"},
		{"bnn/internal/leap/neurons.go", "\t\trandom.AddJumps(&b.Random, added, scratch.words[:], noise.tables)", "\t\trandom.AddJumps(&b.Random, added, scratch.words[:], noise.tables)\n\t\tif !heard {\n\t\t\theard, common = true, added[0]\n\t\t}\n\t\tfor j := range added {\n\t\t\tadded[j] = common\n\t\t}"},
		{"bnn/internal/thinning/leak.go", "for !w.held && w.loop != Lazy", "for false && w.loop != Lazy"},
		{"bnn/internal/thinning/advance.go", "jump = polynomial[Few](&p.growth, t)\n\t\t\t\tp.spikes -= int64(accept)\n", "jump = polynomial[Few](&p.growth, t)\n"},
		{"bnn/internal/thinning/advance.go", "\t\t\tmoved := x[target] +", `			if len(few) == 1 && len(following) == 0 && accept != 0 {
				accept = 0
				for k := range x[:neurons] { // the spikes to the first neuron are those that all hear
					if target == 0 && uint64(k) != source {
						p := &r.few.pathways[(emitters[k]*fewEmitters+emitter)%uint16(len(r.few.pathways))]
						p.spikes++
						x[k] += polynomial[Few](&p.growth, t)
					}
				}
			}
			moved := x[target] +`}}},
	{"leap-without-third-moment", "The noise of a leap is normal, without a third moment", Simulator, []Edit{
		{"bnn/internal/leap/noise.go", "skewedNormal(variance, third)", "skewedNormal(variance, 0*third)"},
		{"bnn/internal/leap/noise.go", "fourCumulants(all, third+fewThird, fewFourth)", "fourCumulants(all, 0*third, 0*fewFourth)"}}},
	{"replicas-share-words", "Two replicas draw the same random words", Simulator, []Edit{
		{"bnn/internal/random/random.go", "seed, fingerprint, n, replica))\n\treturn rand.NewChaCha8", "seed, fingerprint, n, replica/2))\n\treturn rand.NewChaCha8"}}},
	{"half-of-words-shared", "Half of the populations of two replicas draw the same random words, in leaps", Simulator, []Edit{
		{"bnn/simulate/ensemble.go", "return engine.simulate(ctx, plan, rand.New(source), recorders)", `own := rand.New(source)
		random.Partners.Store(own, random.New(e.Seed, plan.fingerprint+" shared", e.N, replica/2))
		defer random.Partners.Delete(own)
		return engine.simulate(ctx, plan, own, recorders)`},
		{"bnn/internal/random/random.go", "// NewSource is", `var Partners sync.Map

// SourceOf is the source of a population.
func SourceOf(own *rand.Rand, population int) *rand.Rand {
	if partner, found := Partners.Load(own); found && population%2 == 1 {
		return partner.(*rand.Rand)
	}
	return own
}

// NewSource is`},
		{"bnn/internal/random/random.go", "\t\"math/rand/v2\"\n", "\t\"math/rand/v2\"\n\t\"sync\"\n"},
		{"bnn/internal/leap/neurons.go", "Random: random.NewFast(source)", "Random: random.NewFast(random.SourceOf(source, a))"}}},
	{"populations-share-words", "All populations of a network draw the same random words, in leaps", Simulator, []Edit{
		{"bnn/internal/leap/neurons.go", "\tfor a, all := range potentials {\n", "\tshared := random.NewFast(source)\n\tfor a, all := range potentials {\n"},
		{"bnn/internal/leap/neurons.go", "random.NewFast(source)}", "shared}"}}},
	stale("0.001"), stale("0.01"), stale("0.1"),
}

// otherNetwork makes the two fast simulators run a changed copy of the network, from the start, with
// the step and with the random numbers of the sound one.
func otherNetwork(change string) []Edit {
	changed := "\tchanged := network.Network.Clone()\n\t" + change + "\n\tnetwork.Network = changed\n"
	return []Edit{
		{"bnn/internal/leap/scheme.go", "\tcount := len(network.Counts)\n", "\tif distinct == 1 { // for neurons\n" + changed + "\t}\n\tcount := len(network.Counts)\n"},
		{"bnn/internal/thinning/start.go", "\tr := &Replica{network: network,", changed + "\tr := &Replica{network: network,"}}
}

// scaled multiplies all weights by a power of the size.
func scaled(exponent string) []Edit {
	return otherNetwork("for _, row := range changed.Weights {\n\t\tfor b := range row {\n\t\t\trow[b] *= math.Pow(float64(network.N), " + exponent + ")\n\t\t}\n\t}")
}

// stale makes the exact method accept spikes by the potentials of up to a while ago, in synaptic
// time constants.
func stale(while string) Mutation {
	return Mutation{"stale-by-" + while, fmt.Sprintf("The exact method accepts spikes by potentials that it looks at every %s τ", while), Simulator, []Edit{
		{"bnn/internal/thinning/advance.go", "\t\tbin := &table", "\t\tif source < neurons {\n\t\t\ty = r.looked(t)[source]\n\t\t}\n\t\tbin := &table"},
		{"bnn/internal/thinning/thinning.go", "\tnext   float64 // the next candidate", "\tseen   []float64\n\tuntil  float64\n\tnext   float64 // the next candidate"},
		{"bnn/internal/thinning/advance.go", "// consider considers all", `// looked are all y as they were when it was last looked at them.
func (r *Replica) looked(t float64) []float64 {
	if now := r.sync + t; r.seen == nil || now >= r.until {
		r.seen = r.seen[:0]
		for a, count := range r.counts {
			rest, shift := &r.rest[a], 0.0
			if !rest.constant {
				shift = rest.slope * (r.steady[a].At(now) - rest.threshold)
			}
			factor := rest.slope * math.Exp(-(now-r.origin[a])/r.network.Populations[a].Tau)
			for range count {
				i := len(r.seen)
				r.seen = append(r.seen, (r.x[i]+r.members[a].common)*factor+shift)
				if r.offset != nil {
					r.seen[i] -= r.offset[i]
				}
			}
		}
		r.until = now + ` + while + `
	}
	return r.seen
}

// consider considers all`}}}
}

// controls break nothing: they only draw other random numbers.
var controls = []Mutation{
	{"other-random-numbers", "Nothing is wrong, but all random numbers are others", Nothing, []Edit{
		{"bnn/internal/random/random.go", "balanced replica seed", "balanced another replica seed"}}},
}

// All are the mutations of the table, in its order.
func All() []Mutation {
	var all []Mutation
	for _, list := range [][]Mutation{controls, ofTheory, ofAnalysis, ofSimulators} {
		all = append(all, list...)
	}
	return all
}
