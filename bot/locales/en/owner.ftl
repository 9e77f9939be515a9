# What owners are told. No tags.

owner-refused = Only owners can do that.
uncertain-none = Nothing is uncertain: every message has one end.
uncertain-head = { $count ->
    [one] 1 message is
   *[other] { $count } messages are
  } held. The answer was lost, so each may have arrived:
uncertain-line = { $id } { $kind } due { $when } · { $why }
uncertain-settled = { $count ->
    [0] That was settled already.
    [one] Settled.
   *[other] Settled: { $count }.
  }
button-arrived = arrived
button-resend = resend
button-drop-message = drop
button-all = All:
report-title = The morning run of { $day }
report-run = { $due ->
    [one] 1 digest was due
   *[other] { $due } digests were due
  }: { $sent } sent, { $late } late, { $waiting } waiting, { $uncertain } uncertain, { $unsent } ended unsent.
report-slowest = The slowest left { $seconds } s after its time.
report-readers = { $blocked ->
    [0] Nobody left since yesterday.
    [one] 1 reader blocked the bot or is gone since yesterday.
   *[other] { $blocked } readers blocked the bot or are gone since yesterday.
  }
report-briefs = { $count ->
    [0] No brief went out since yesterday.
    [one] 1 brief went out since yesterday.
   *[other] { $count } briefs went out since yesterday.
  }
report-backup = Last backup: { $said }
report-no-backup = There is no backup yet.
alarm-silence = No brief has come for { $hours } hours; usually one comes every { $usual }. Is the source of documents still running?
alarm-usual-hours = { $hours } hours
alarm-usual-minutes = { $minutes } minutes
alarm-refused = Telegram refuses the brief { $id } ({ $headline }). It is left out, and the other briefs of its digests go out. Send its document anew, corrected, or withdraw it: /retract { $id } and the reason.
alarm-refused-unnamed = Telegram refuses the brief { $id }, its headline included. It is left out, and the other briefs of its digests go out. Send its document anew, corrected, or withdraw it: /retract { $id } and the reason.
alarm-wait = { $chats ->
    [0] Telegram asks the bot to wait { $wait }. Digests wait, nothing is lost.
    [one] Telegram asks the bot to wait { $wait } before it writes to one chat again. Its digests wait, nothing is lost.
   *[other] Telegram asks the bot to wait { $wait } before it writes to { $chats } chats again. Their digests wait, nothing is lost.
  }
alarm-wait-hours = { $hours } h { $minutes } min
alarm-wait-minutes = { $minutes } min
