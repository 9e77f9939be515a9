# What digests and briefs say. No tags: emphasis is a value.

brief-scores = Impact { $impact } · { $confidence ->
    [unstated] confidence not stated
   *[other] { $confidence } confident
  } · { $minutes } min
brief-counterpoint = Counterpoint
brief-hidden = (guess first, then tap)
brief-how = How this was written
brief-how-unstated = Not stated.
brief-source = Source: { $source }. { $how }
brief-continued = (continued)
brief-page = { $page } of { $pages }
brief-withdrawn = Withdrawn
brief-withdrawn-because = We withdrew this brief: { $reason }

item-for = for { $subject }
item-more = +{ $count } on this
item-updates = Update to what you read on { $day }

digest-late = Late: this was due on { $when }. Nothing is lost.
digest-nothing-matched = Nothing matched what you follow, so here is the day's most consequential brief. From now on, no match means no message.
digest-end = That's all for { $day }: { $count ->
    [one] 1 brief
   *[other] { $count } briefs
  }, { $minutes } min, most consequential first.
digest-end-one = That's all for { $day }: 1 brief, { $minutes } min.
digest-next = Next { $when }
digest-below-head = Also matched, not shown:
digest-below-end = That's all.

button-digest = ‹ Digest
button-next = { $position } ›
button-previous = ‹ { $position }
button-more = { $count } more
button-page-next = Read on
button-page-back = Back
