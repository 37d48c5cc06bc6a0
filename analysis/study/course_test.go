package study_test

import (
	"errors"
	"math"
	"testing"

	"balanced/analysis/study"
	"balanced/bnn"
)

func mean(m bnn.Moments, row int) float64 { return m.Mean[row][0] }

// By hand: three replicas, the second and the fourth of four rows.
func TestCourse(t *testing.T) {
	var replicas []bnn.Moments
	for r := range 3 {
		m := bnn.NewMoments([]string{"E"}, []float64{0, 0.5, 1, 1.5})
		m.Mean[1][0], m.Mean[2][0], m.Mean[3][0] = float64(r), 100, float64(10*r)
		replicas = append(replicas, m)
	}
	series, err := study.Course(replicas, 1, 2, mean)
	if err != nil {
		t.Fatal(err)
	}
	root := math.Sqrt(3)
	for i, want := range []struct{ t, value, standardError float64 }{{0.5, 1, 1 / root}, {1.5, 10, 10 / root}} {
		e := series.Estimates[i]
		if series.N[i] != want.t || e.Value != want.value || math.Abs(e.StandardError-want.standardError) > 1e-14 || e.DegreesOfFreedom != 2 {
			t.Errorf("at t = %v there is %+v, not %v", series.N[i], e, want)
		}
	}
	if len(series.N) != 2 || series.Over != "t" {
		t.Errorf("the series is %+v", series)
	}
	if where := series.Compare("mean", 1, study.Constant(0), nil)[1].Where; where != "mean, t = 1.5" {
		t.Errorf("a comparison is at %q", where)
	}
}

func TestCourseRefuses(t *testing.T) {
	one := bnn.NewMoments([]string{"E"}, []float64{0, 1})
	two, shorter := []bnn.Moments{one, one}, bnn.NewMoments([]string{"E"}, []float64{0})
	for name, test := range map[string]struct {
		replicas    []bnn.Moments
		from, every int
		path        string
	}{"no replica": {nil, 0, 1, "replicas"}, "one replica": {two[:1], 0, 1, "replicas"},
		"standing still": {two, 0, 0, "every"}, "beyond the end": {two, 2, 1, "from"}, "before": {two, -1, 1, "from"},
		"other times": {[]bnn.Moments{one, shorter}, 0, 1, "replicas[1]"}} {
		var input *bnn.InputError
		if _, err := study.Course(test.replicas, test.from, test.every, mean); !errors.As(err, &input) || input.Path != test.path {
			t.Errorf("%s: %v", name, err)
		}
	}
	var input *bnn.InputError
	if _, err := study.Course(two, 0, 1, func(bnn.Moments, int) float64 { return math.NaN() }); !errors.As(err, &input) {
		t.Errorf("a mean of NaN: %v", err)
	}
}

// The average of a line is its middle, and one row is itself.
func TestTimeMean(t *testing.T) {
	line := func(row int) float64 { return float64(row) }
	if mean := study.TimeMean(2, 6, line); math.Abs(mean-4) > 1e-15 {
		t.Errorf("the average from 2 to 6 is %v", mean)
	}
	if mean := study.TimeMean(3, 3, line); mean != 3 {
		t.Errorf("the average of row 3 is %v", mean)
	}
}

func TestEachTime(t *testing.T) {
	moments := bnn.Moments{Times: []float64{0, 2}, Mean: [][]float64{{1}, {5}}}
	got := study.EachTime(moments, func(m bnn.Moments, row int) float64 { return m.Mean[row][0] + m.Times[row] })
	if len(got) != 2 || got[0] != 1 || got[1] != 7 {
		t.Errorf("the sums of means and times are %v", got)
	}
}

// A quantity that is 10·row + replica in class I.
func TestCoursesOfQuantities(t *testing.T) {
	var replicas []bnn.Moments
	for replica := range 2 {
		m := bnn.NewMoments([]string{"E", "I"}, []float64{0, 0.5, 1, 1.5})
		for row := range 4 {
			m.Variance[row][1] = float64(10*row + replica)
		}
		replicas = append(replicas, m)
	}
	series, err := study.CourseOf(replicas, bnn.Variances, 1, 1, 2)
	if err != nil || len(series.N) != 2 || series.N[1] != 1.5 || series.Estimates[1].Value != 30.5 {
		t.Errorf("the course is %+v: %v", series, err)
	}
	if _, err := study.CourseOf(replicas, "colour", 1, 1, 2); err == nil {
		t.Error("there is a course of a quantity that there is not")
	}
	if late := study.LateMean(bnn.Variances, 1, 2, 3)(100, replicas[1]); late != 26 {
		t.Errorf("the mean of the last rows is %v, not 26", late)
	}
	variance := func(m bnn.Moments, row int) float64 { return m.Variance[row][1] }
	if change := study.Change(0, 1, 2, variance)(100, replicas[1]); change != 20 {
		t.Errorf("the change over two rows is %v, not 20", change)
	}
}
