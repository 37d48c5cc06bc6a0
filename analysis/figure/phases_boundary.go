package figure

import (
	"fmt"
	"math"

	"gonum.org/v1/plot/vg"
)

// A gridEdge joins the grid point of column i and row j to the next one of its row, or upwards
// to the next one of its column.
type gridEdge struct {
	i, j   int
	upward bool
}

// Sharpen finds, for a caller who can tell the word of any point of the plane, where the words
// change between neighbours of the grid: by halving, geometrically if the axis is logarithmic,
// to a sixtieth of their distance. Without it the boundary lies midway. It asks six times for
// each pair of neighbours that differ; an error of at is returned with its point.
func (p *Phases) Sharpen(x, y Axis, at func(x, y float64) (string, error)) error {
	p.crossings = make(map[gridEdge]float64)
	for j := range p.Y {
		for i := range p.X {
			for _, e := range []gridEdge{{i, j, false}, {i, j, true}} {
				toI, toJ := e.end()
				if toI == len(p.X) || toJ == len(p.Y) || p.Kinds[j][i] == p.Kinds[toJ][toI] {
					continue
				}
				share, err := p.crossing(e, x, y, at)
				if err != nil {
					return err
				}
				p.crossings[e] = share
			}
		}
	}
	return nil
}

func (e gridEdge) end() (i, j int) {
	if e.upward {
		return e.i, e.j + 1
	}
	return e.i + 1, e.j
}

// crossing is the share of the edge, on the scales of the axes, that has the word it begins with.
func (p *Phases) crossing(e gridEdge, x, y Axis, at func(x, y float64) (string, error)) (float64, error) {
	const halvings = 6
	toI, toJ := e.end()
	low, high := 0.0, 1.0
	for range halvings {
		middle := (low + high) / 2
		px, py := x.between(p.X[e.i], p.X[toI], middle), y.between(p.Y[e.j], p.Y[toJ], middle)
		word, err := at(px, py)
		if err != nil {
			return 0, fmt.Errorf("the phase at %s %g, %s %g: %w", x.Label, px, y.Label, py, err)
		}
		if word == p.Kinds[e.j][e.i] {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2, nil
}

// between is the number at a share of the way between two, on the scale of the axis.
func (a Axis) between(from, to, share float64) float64 {
	if a.Log {
		return from * math.Pow(to/from, share)
	}
	return from + share*(to-from)
}

// A phaseCell is the area between four points of the grid, counterclockwise from the lower
// left, with the places on its edges where words change, or the middles of edges where they do
// not, each edge from the corner of its number to the next.
type phaseCell struct {
	words    [4]string
	edges    [4]vg.Point
	changes  [4]bool
	centre   vg.Point
	uniform  bool
	sections [4]float64 // the angles of the edges' points, seen from the centre
}

// cells are all of the grid, on the canvas.
func (p Phases) cells(f frame) [][]phaseCell {
	cells := make([][]phaseCell, len(p.Y)-1)
	for j := range cells {
		for i := range len(p.X) - 1 {
			cells[j] = append(cells[j], p.cell(f, i, j))
		}
	}
	return cells
}

func (p Phases) cell(f frame, i, j int) phaseCell {
	c := phaseCell{words: [4]string{p.Kinds[j][i], p.Kinds[j][i+1], p.Kinds[j+1][i+1], p.Kinds[j+1][i]}, uniform: true}
	corners := [4]vg.Point{f.point(p.X[i], p.Y[j]), f.point(p.X[i+1], p.Y[j]), f.point(p.X[i+1], p.Y[j+1]), f.point(p.X[i], p.Y[j+1])}
	edges := [4]gridEdge{{i, j, false}, {i + 1, j, true}, {i, j + 1, false}, {i, j, true}}
	count := vg.Length(0)
	for k := range 4 {
		from, to := corners[k], corners[(k+1)%4]
		c.changes[k] = c.words[k] != c.words[(k+1)%4]
		share := 0.5
		if known, ok := p.crossings[edges[k]]; ok {
			share = known
			if k >= 2 { // gone through against its direction
				share = 1 - share
			}
		}
		c.edges[k] = vg.Point{X: from.X + vg.Length(share)*(to.X-from.X), Y: from.Y + vg.Length(share)*(to.Y-from.Y)}
		if c.changes[k] {
			c.uniform = false
			c.centre.X, c.centre.Y, count = c.centre.X+c.edges[k].X, c.centre.Y+c.edges[k].Y, count+1
		}
	}
	if c.uniform {
		return c
	}
	c.centre = vg.Point{X: c.centre.X / count, Y: c.centre.Y / count}
	for k, edge := range c.edges {
		c.sections[k] = math.Atan2(float64(edge.Y-c.centre.Y), float64(edge.X-c.centre.X))
	}
	return c
}

// wordAt is the word of a point of the cell: that of the corner between whose edges it lies,
// as seen from the centre.
func (c phaseCell) wordAt(at vg.Point) string {
	if c.uniform {
		return c.words[0]
	}
	angle := math.Atan2(float64(at.Y-c.centre.Y), float64(at.X-c.centre.X))
	for k := range 4 {
		begin, end := c.sections[(k+3)%4], c.sections[k]
		if turnTo(begin, angle) <= turnTo(begin, end) {
			return c.words[k]
		}
	}
	return c.words[0]
}

// turnTo is the angle from one direction to another, counterclockwise.
func turnTo(from, to float64) float64 {
	turn := math.Mod(to-from, 2*math.Pi)
	if turn < 0 {
		turn += 2 * math.Pi
	}
	return turn
}

// boundary has a line from the centre to each place where words change.
func (c phaseCell) boundary() [][]vg.Point {
	var lines [][]vg.Point
	for k, changes := range c.changes {
		if changes {
			lines = append(lines, []vg.Point{c.edges[k], c.centre})
		}
	}
	return lines
}

// middle is the grid point of a word that is furthest from where its region ends and from the
// ends of an area in which points have places, and that distance: the place for the word.
func (p Phases) middle(word string, area vg.Rectangle, place func(x, y float64) vg.Point) (vg.Point, vg.Length) {
	var own, others []vg.Point
	for j, row := range p.Kinds {
		for i, there := range row {
			at := place(p.X[i], p.Y[j])
			if there == word {
				own = append(own, at)
			}
			for _, e := range []gridEdge{{i, j, false}, {i, j, true}} {
				toI, toJ := e.end()
				if toI >= len(p.X) || toJ >= min(len(p.Y), len(p.Kinds)) || toI >= len(p.Kinds[toJ]) {
					continue
				}
				if then := p.Kinds[toJ][toI]; there == then || there != word && then != word {
					continue
				}
				share, known := p.crossings[e]
				if !known {
					share = 0.5
				}
				next := place(p.X[toI], p.Y[toJ])
				others = append(others, vg.Point{X: at.X + vg.Length(share)*(next.X-at.X), Y: at.Y + vg.Length(share)*(next.Y-at.Y)})
			}
		}
	}
	var best vg.Point
	most := vg.Length(-1)
	for _, at := range own {
		// Words are wider than high: what is aside counts at half its distance.
		room := min((at.X-area.Min.X)/2, (area.Max.X-at.X)/2, at.Y-area.Min.Y, area.Max.Y-at.Y)
		for _, other := range others {
			if room < most {
				break
			}
			room = min(room, vg.Length(math.Hypot(float64(at.X-other.X)/2, float64(at.Y-other.Y))))
		}
		if room > most {
			best, most = at, room
		}
	}
	return best, most
}
