# What the command menu and the profile say. Descriptions of commands: at most 256 characters.

command-digest = Your digest now
command-subscribe = Follow a topic or name
command-subscriptions = What you follow
command-brief = One brief, whole
command-time = When your digest comes
command-timezone = Where you are
command-pause = Take a break
command-help = How this works
command-queue = Briefs that wait
command-publish = Let a brief out
command-retract = Withdraw a brief
command-uncertain = What may not have arrived
profile-name = Counterpoint
profile-short = Short news briefs on what you follow, each with the best case against it. Daily, finite, in your time.
profile-description = I send one short digest a day: the most consequential briefs on the topics and names you follow, and for each one the strongest counter-argument. Every brief says how it was written. Corrections reach the copies you already have.
