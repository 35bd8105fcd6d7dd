"""What pages are made from, without a page: forms around domain verbs, and things as one person sees them.

Whatever the page: `forms` and `sent` (what comes back), `together` (several rows at once), `wording` (a field in
words), `differences` and `comparing` (two texts, two revisions), `evidence` (a file).
One update: `update` (as its reader sees it), `content` (its form), `moves` (a form for each move), `moves_told`
(moves in words), `hands` (who wrote what), `planned` (what was planned), `clearing` and `audiences` (before a
coordinator clears it).
A State: `board` (where its updates stand), `assignments` (who leads what) with the forms of `assigning`, `officers`
(who speaks for which agency) with the forms of `appointing`.
A cycle: `cycles` (its forms and phases), `standings` (where each State stands on each item). Partners: `activities`
and `support`. Everything at once: `changes`; and search, `finding` and `sources`. Oneself: `account`.
"""
