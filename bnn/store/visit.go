//go:build !js

package store

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"sync"
	"sync/atomic"

	"modernc.org/sqlite"
)

// driverName is that of SQLite with the function visit, which shows Go a value where SQLite
// has it: copying it into a slice first takes as long as all the rest of reading.
const driverName = "sqlite of the store"

func init() {
	var own sqlite.Driver
	own.MustRegisterFunction("visit", &sqlite.FunctionImpl{NArgs: 5, VolatileArgs: true, Scalar: callVisitor})
	sql.Register(driverName, &own)
}

// A visitor sees the columns of a row of records. The value is valid until it returns.
type visitor func(id int64, count, sum, value any) (goOn bool)

var (
	visitors    sync.Map // by a number that a query hands through SQLite
	lastVisitor atomic.Int64
)

// addVisitor gives a visitor its number, until forget is called.
func addVisitor(visit visitor) (number int64, forget func()) {
	number = lastVisitor.Add(1)
	visitors.Store(number, visit)
	return number, func() { visitors.Delete(number) }
}

// callVisitor is visit(number, id, count, sum, value) of SQL: 1 to go on, else 0.
func callVisitor(_ *sqlite.FunctionContext, arguments []driver.Value) (driver.Value, error) {
	visit, known := visitors.Load(arguments[0])
	id, isNumber := arguments[1].(int64)
	if !known || !isNumber {
		return nil, fmt.Errorf("visitor %v of row %v: must be one that reads", arguments[0], arguments[1])
	}
	if visit.(visitor)(id, arguments[2], arguments[3], arguments[4]) {
		return int64(1), nil
	}
	return int64(0), nil
}
