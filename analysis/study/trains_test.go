package study_test

import (
	"slices"
	"testing"

	"balanced/analysis"
	"balanced/analysis/study"
)

// Two replicas with two trains each: the average is that of the two factors.
func TestFanoFactors(t *testing.T) {
	regular, bursts := []float64{}, []float64{}
	for i := range 40 {
		regular, bursts = append(regular, 0.5+float64(i)), append(bursts, float64(i/4*4)+float64(i%4)/10)
	}
	replicas := [][][]float64{{regular, bursts}, {bursts, bursts[:39]}}
	lengths := []float64{1, 2}
	all, err := study.FanoFactors(replicas, 0, 40, lengths)
	if err != nil || len(all) != 2 {
		t.Fatalf("%v: %v", all, err)
	}
	for k := range lengths {
		one, err := analysis.FanoFactors(replicas[0], 0, 40, lengths[k:k+1])
		other, err2 := analysis.FanoFactors(replicas[1], 0, 40, lengths[k:k+1])
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if mean := (one[0].Value + other[0].Value) / 2; all[k].Value != mean || mean == 0 {
			t.Errorf("in windows of %v it is %v, not %v", lengths[k], all[k].Value, mean)
		}
	}
	if _, err := study.FanoFactors(replicas, 0, 40, []float64{-1}); err == nil {
		t.Error("there are windows of negative length")
	}
}

func TestBetween(t *testing.T) {
	parts := study.Between([][]float64{{1, 2, 3, 4}, {}, {5}}, 2, 4)
	if len(parts) != 3 || !slices.Equal(parts[0], []float64{2, 3}) || len(parts[1]) != 0 || len(parts[2]) != 0 {
		t.Errorf("the parts are %v", parts)
	}
}
