// Package show puts results into the notebook whose cell is running: tables, figures,
// texts and verdicts.
//
// Each function returns when the notebook has what it was given, so that nothing is
// lost at the end of a cell, also when the cell then fails. A cell fails (it panics)
// when a frame carries an error, when the connection to the notebook breaks, and after
// showing a verdict that does not hold: a notebook that runs to its end has had all its
// claims confirmed.
//
// A chapter of the project shows what it found by the methods of [Chapter], which also
// keep it as files, and its verdicts in its last cell:
//
//	const chapter = show.Chapter("14-the-hydrodynamic-limit")
//
//	chapter.Figure("bias", figure)
//	chapter.Frame("bias", frame)
//	chapter.Judge(verdict, another)
//
// What a verdict stands on is said by [Derived] or [Stated], and finished replicas come from [Store].
//
// An ensemble that takes its time shows how far it is with [Progress]. [Quick] and
// [Pick] let a chapter do with less in a quick run, bnn run --quick.
//
// Outside a notebook, in a program or a test, nothing is shown, and the rest is the
// same. In a notebook the kernel must be GoNB (github.com/janpfeifer/gonb).
package show
