globalThis.bookCode = [["","","// Run it. fmt.Println(1) verdicts() folded := 3 tucked := 4"],["",""],[""]];
