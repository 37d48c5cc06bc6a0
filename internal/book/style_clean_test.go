package book

import "testing"

func TestCleanStyle(t *testing.T) {
	text, formula := propertyList{names: textProperties}, propertyList{names: textProperties, kerning: true}
	drawing := propertyList{names: drawingProperties, references: drawingReferences}
	for _, test := range []struct {
		style, want string
		list        propertyList
	}{
		{"text-align:right;padding:0.2em 0.4em;white-space:nowrap", "text-align:right;padding:0.2em 0.4em;white-space:nowrap", text},
		{" COLOR : #a0B ;; margin : 0 auto ", "color:#a0B;margin:0 auto", text},
		{"color:rgb(1, 2, 3);border:1px solid rgba(0,0,0,.5)", "color:rgb(1, 2, 3);border:1px solid rgba(0,0,0,.5)", text},
		{"font:italic 12px/1.5 'DejaVu Sans',\"Noto Sans\",serif", "font:italic 12px/1.5 'DejaVu Sans',\"Noto Sans\",serif", text},
		{"font-feature-settings: 'dtls' on", "font-feature-settings:'dtls' on", text},
		{"margin-left:-0.1667em", "margin-left:-0.1667em", formula},
		{"margin-left:-0.1667em", "", text},
		{"margin-left:-3em;margin-top:-.5px", "", formula},
		{"display:block math", "display:block math", formula},
		{"fill:none;stroke:#000000;stroke-width:1;stroke-dasharray:3, 2", "fill:none;stroke:#000000;stroke-width:1;stroke-dasharray:3, 2", drawing},
		{`fill:URL( "#a.b" )`, "fill:url(#a.b)", drawing},
		{"fill:url(#a)", "", text},
		{"color:url(#a)", "", drawing},
		// What hides, loads or moves.
		{"position:fixed;color:red", "color:red", text},
		{"position/**/:fixed", "", text},
		{"po/**/sition:fixed", "", text},
		{`po\73ition:fixed`, "", text},
		{`background:\75 rl(//x)`, "", text},
		{"background:u/**/rl(//x)", "", text},
		{"background:image-set('//x' 1x)", "", text},
		{"background:-webkit-image-set(url(//x) 1x)", "", text},
		{"background:url(//x", "", text},
		{"background:src('//x')", "", text},
		{"color:var(--text-holds)", "", text},
		{"--x:url(//x);color:attr(x url)", "", text},
		{"color:red!important", "", text},
		{"color:red}p{position:fixed", "", text},
		{"color:(;position:fixed;);margin:0", "margin:0", text},
		{"color:'a\nposition:fixed", "", text},
		{"width:expression(alert(1))", "", text},
		{"behavior:url(x);-moz-binding:url(x)", "", text},
		{"content:'x';float:left;transform:scale(9);z-index:9;inset:0;top:0", "", text},
		{"color:red\x00;margin:0", "margin:0", text},
	} {
		got := cleanStyle(test.style, test.list)
		if got != test.want {
			t.Errorf("%q became %q, want %q", test.style, got, test.want)
		}
		if again := cleanStyle(got, test.list); again != got {
			t.Errorf("%q became %q", got, again)
		}
	}
}
