# What editors and owners are told. No tags.

order-refused = Only editors can do that.
help-orders = For editors: send briefs as files (.txt, .json, .jsonl, .zip) or paste one.
    /queue what waits for you
    /publish and its id: let a brief out
    /retract, its id and the reason: withdraw it, also where it was delivered
take-no-document = I read .txt, .json, .jsonl and .zip files, or pasted text with a counter_argument.
take-unfetched = I could not fetch that file. Please send it again in a minute.
take-too-large = That file has { $size }; I can fetch at most 20 MB. Split it, or use counterpoint ingest.
take-head = { $count ->
    [one] 1 brief
   *[other] { $count } briefs
  } in { $file }
take-counts = { $out } out · { $waiting } waiting · { $known } already stored · { $archived } archived · { $refused } refused
take-released = ✓ { $id } { $headline } · out
take-queued = ✓ { $id } { $headline } · waits for you
take-held = △ { $id } { $headline } · held: { $why }
take-archived = ✓ { $id } { $headline } · archived
take-known = = { $id } { $headline } · already stored
take-fault = ✕ { $line }
take-warning = △ { $line }
take-more = … and { $count } more lines
take-nothing = There is nothing to read in it.
button-publish = Publish { $count }
publish-usage = Which brief? Send /publish and its id. /queue lists what waits.
publish-done = Published { $count ->
    [one] 1 brief
   *[other] { $count } briefs
  }. { $ids }
publish-none = That is out already.
publish-retracted = That brief is retracted; it cannot go out again. Send its document anew, corrected.
queue-none = Nothing waits.
queue-head = { $count ->
    [one] 1 brief waits
   *[other] { $count } briefs wait
  }:
queue-line = { $id } { $headline }
queue-line-held = { $id } { $headline } · held: { $why }
retract-usage = Which brief, and why? Send /retract, its id and the reason that readers will see.
retract-no-reason = Readers will want to know why. Send /retract, the id and the reason.
retract-reason-long = That reason is too long. Write at most { $most } characters.
retract-again = That brief is retracted already.
retract-done = Retracted { $id }: { $headline }
retract-copies = { $count ->
    [0] No copy was delivered.
    [one] 1 copy will say so.
   *[other] { $count } copies will say so.
  }
