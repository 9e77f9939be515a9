# What readers are told. One sentence what happened, one what they can do. No tags.

failure = Something went wrong on my side, and it has been noted. Please try again in a minute.
start-first = We have not met yet. Send /start first.
unknown-command = I don't know that one. /help lists what I can do.
unknown-text = To follow something, send its name, such as { $example }. /help lists what I can do.
menu-old = That menu is old. Send /subscriptions or /digest for a fresh one.
message-old = That message is too old to change. Send /digest for a new one.
private-only = I talk in private chats only. Open one with me and send /start.

start-name = Counterpoint
start-greeting = { $name }: the news in minutes, each brief with the best case against it.
start-sample = This is what a brief looks like:
start-question = What should I watch for you? Tap, or type any word or name.
start-again = Welcome back. You follow { $count ->
    [0] nothing yet. Tap, or type any word or name.
    [one] 1 subject. Tap to add, or type any word or name.
   *[other] { $count } subjects. Tap to add, or type any word or name.
  }
start-done = You follow { $subjects }.
start-done-next = Your digest comes daily at { $time }, first { $when }. Nothing matches, no message.
start-done-zone = Is that { $time } for you? If not, send /timezone and your city.
button-done = Done
button-everything = Everything: the day's top five
button-digest-now = Show me one now

help-title = How Counterpoint works
help-what = Follow topics or names: send /subscribe and the name, or just type it. Once a day you get the briefs that match, most consequential first. Under each is its { $counterpoint }: the strongest case against it.
help-list = /digest what is new for you, now
    /subscriptions what you follow and mute
    /subscribe /unsubscribe /mute /unmute and a name
    /brief and its id: one brief whole
    /time when your digest comes, up to three times a day
    /timezone your city or zone
    /pause for a while, /resume to go on
help-corrections = Corrections reach the copies you already have.
help-counterpoint = Counterpoint

follow-usage = What should I watch for you? Send a word or a name, such as { $example }.
follow-done = You follow { $subject }. { $count ->
    [0] Nothing carried it in the last 30 days; I watch for it.
    [one] 1 brief in the last 30 days.
   *[other] { $count } briefs in the last 30 days.
  }
follow-already = You follow { $subject } already. { $count ->
    [0] Nothing carried it in the last 30 days; I watch for it.
    [one] 1 brief in the last 30 days.
   *[other] { $count } briefs in the last 30 days.
  }
follow-section = You follow the section { $subject }. { $count ->
    [0] It had no brief in the last 30 days.
    [one] 1 brief in the last 30 days.
   *[other] { $count } briefs in the last 30 days.
  }
follow-meant = Did you mean one of these?
follow-offers = Close to it, and not the same:
follow-none = You don't follow { $subject }. /subscriptions lists what you follow.
follow-ended = You no longer follow { $subject }.
follow-no-name = I can't read a name in that. Send a word or a name, such as satellites.
follow-too-long = That is too long for a name. Send one of at most { $most } characters.
follow-too-many = You have { $most } already. Drop one first: /subscriptions lists them.
mute-usage = What should I spare you? Send /mute and a word or a name.
mute-done = You will not see briefs on { $subject }. { $count ->
    [0] None came in the last 30 days.
    [one] 1 came in the last 30 days.
   *[other] { $count } came in the last 30 days.
  }
mute-already = { $subject } is muted already.
mute-none = { $subject } is not muted. /subscriptions lists what is.
mutes-none = You mute nothing. Send /mute and a word or a name to be spared it.
mute-ended = { $subject } is no longer muted.
unsubscribe-usage = What should I stop watching? Tap it, or send /unsubscribe and its name.
unmute-usage = What should I no longer mute? Tap it, or send /unmute and its name.
button-undo = Undo
button-follow = + { $subject }
button-instead = { $subject }
button-drop = ✕ { $subject }
button-keep = + { $subject }

subscriptions-none = You follow nothing yet. Send a word or a name to begin.
subscriptions-head = You follow { $count }. Tap one to stop; tap it again to go on. To add, type a name.
subscriptions-muted = Muted: { $subjects }
button-following = ✓ { $subject }
button-next-page = Next ›
button-previous-page = ‹ Back

digest-on-its-way = Your digest is on its way.
digest-nothing = Nothing new on what you follow. { $count ->
    [0] You follow nothing yet: send a word or a name.
   *[other] The next digest comes { $when }.
  }
digest-again = Show the last one again

brief-usage = Which brief? Send /brief and its id, such as /brief 1f3. The id stands at the end of each brief.
brief-unknown = There is no brief with that id. Check the id at the end of the brief.

time-usage = Your digest comes at { $times } ({ $zone }). To change it, send /time and up to three times, such as /time 07:30 18:00.
time-none = I see no time in that. Send /time 07:30, or up to three times.
time-unknown = I can't read “{ $typed }” as a time of day. Send /time 07:30, or up to three times.
time-too-many = That is more than { $most } times. Send up to { $most }.
time-done = Your digest comes daily at { $times } ({ $zone }). Next: { $when }.

zone-usage = Your time zone is { $zone }; it is { $clock } there. To change it, send /timezone and your city.
zone-unset = I don't know your time zone yet, so I take { $zone }; it is { $clock } there. Send /timezone and your city.
zone-unknown = I know no place called { $typed }. Try the nearest large city, or a zone such as Europe/Berlin.
zone-near = I know no place called { $typed }. Did you mean one of these?
zone-done = { $place }: it should be { $clock } there now. Next digest: { $when }.
zone-wrong = If the clock is wrong, send /timezone and another city.

pause-done = Paused until { $when }. Your list stays.
pause-done-open = Paused until you send /resume. Your list stays.
pause-usage = No digests for how long? Your list stays.
pause-unknown = I can't read “{ $typed }” as a number of days. Send /pause 7, or /pause alone.
resume-done = Welcome back. Your next digest comes { $when }.
button-pause-day = 1 day
button-pause-week = 1 week
button-pause-open = Until I'm back
button-resume = Resume now
