// English cues for claims, drug-agnostic: what in a sentence asserts an effect, hedges it, denies it or names a study.
// Written in the phrase language (phrases.ts). What is particular to a drug (names, conditions, terms) is in its pack.

export const CUES = {
  /** Nouns that stand for the treatment where the text is about it. */
  treatment: [
    '(the|this|that|our|your|its|one|each|a|an|single|first|second|third|initial|low dose) ~2 (drug|medicine|medication|molecule|compound|treatment|therapy|infusion|drip|spray|lozenge|troche|tablet|melt|injection|dose|session|course|series|protocol|anaesthetic|anesthetic|product)',
    '(these|our|the|those|repeated|repeat|further|more|maintenance|booster|six|several) ~2 (drugs|medicines|treatments|therapies|infusions|drips|sprays|lozenges|troches|tablets|melts|injections|doses|sessions|boosters|agents|effects|top ups)',
    '(infusion*|drip|drips|nasal spray|lozenge*|troche*|booster*)', 'treatment', 'therapy',
  ],
  /** Subjects that refer back. */
  pronoun: ['it', "it's", 'its', "it'll", 'they', 'this', 'these', 'both'],
  /** People who are given it. */
  people: [
    '(patients|people|individuals|adults|clients|guests|members|participants|users|veterans|vets|folks|sufferers|recipients|responders|customers|survivors|teenagers|adolescents|mothers|men|women|responders|callers|readers)',
    '(many|most|some|half|majority|lots|plenty|nearly all|almost all|others|those) (of|report|reported|notice|noticed|feel|felt|find|found|say|see|who|with|experience|get|respond)', 'a lot of (us|people|patients|guests|members)',
    '(<num>|<pct>) [in|out of] [<num>] [of] [our|the|these] (patients|people|individuals|adults|clients|guests|members|participants|users|veterans|mothers)',
  ],
  /** Verbs that lessen something bad. */
  lessen: [
    '(reliev*|alleviat*|reduc*|ease|eases|eased|easing|lessen*|decreas*|diminish*|lower*|quiet|quiets|quieted|quieting|quieten*|calm|calms|calmed|calming|soften*|sooth*|combat*|fight|fights|fighting|resolv*|eliminat*|revers*|prevent*|dampen*|banish*|dissolv*|loosen*|tame|tames|tamed|taming|shorten*|abolish*|curb*|dull|dulls|dulled|dispel*|interrupt*|halt|halts|halted|erase*|tackle*|subdu*|shrink|shrinks|cut|cuts|cutting|clear|clears|cleared|clearing|ends|ended|ending|stop|stops|stopped|stopping|breaks|broke|breaking|mitigat*|ameliorat*|counter|counters|counteract*|offset*|hush*|silence*|silencing|mute|mutes|weaken*|extinguish*|settle|settles|settled|settling|steady|steadies|steadied|slash*|trim|trims|unwind*|untangle*|defus*|disarm*|neutrali*|suppress*|attenuat*|unstick*|thaw*|release|releases|vanquish*|manage|manages|halve|halves|halved)',
    '(lift|lifts|lifted|lifting|turn* down|take* the edge off|chip* away at|shake* off|chase* away|drive* away|push* back|hold* (off|back)|ward* off|stave* off|knock* (out|back)|bring* down|damp* down|rein* in|wipe* (out|away)|melt* away|keep* away|snuff* out|put* out|get* rid of|rid* ~1 of|free* ~2 (from|of)|liberat* ~2 from|pull* ~3 out of|get* ~2 to the root|put* ~3 (to rest|to sleep|behind)|work* on)',
    '(cure|cures|cured|curing|heal|heals|healed|healing|treat|treats|treated|treating|fix|fixes|fixed|fixing|overcome|overcomes|overcame|conquer*|defeat*|beat|beats|address|addresses|addressing|remedy|remedies|improve|improves|improved|improving)',
    'provid* relief', 'bring* relief',
  ],
  /** Verbs that better something good. */
  better: [
    '(improv*|enhanc*|restor*|boost*|elevat*|brighten*|benefit|benefits|benefited|benefitting|benefiting|facilitat*|accelerat*|speed|speeds|rebuild*|strengthen*|optimi*|stabili*|sharpen*|revitali*|rekindl*|renew*|reviv*|lift*|raise|raises|raised|increas*|extend*|prolong*|sustain*|maintain*)',
    '(help|helps|helped|helping|aid|aids|aided|assist|assists)',
  ],
  /** What becomes of something bad by itself: `nightmares fade`. */
  fade: [
    '(fade|fades|faded|fading|vanish*|disappear*|lift|lifts|lifted|lifting|drop|drops|dropped|dropping|fell|falls|fallen|falling|ease|eases|eased|easing|melt|melts|melted|dissolve|dissolves|dissolved|shrink|shrinks|shrank|stop|stops|stopped|recede|recedes|receded|receding|subside|subsides|subsided|loosen|loosens|loosened|clear|clears|cleared|lessen|lessens|lessened|decreas*|declin*|diminish*|improve|improves|improved|resolve|resolves|resolved|abate|abates|abated|soften|softens|softened|settle|settles|settled|quieten*|quiet|quiets|quieted|calm|calms|calmed|plummet*|tumble*|evaporate*|halve|halves|halved|remit|remits|slow|slows|gone|extinguished|reduced|relieved|alleviated|weaken*)',
    '(go|goes|went|going|gone) (away|quiet|down|silent)', '(let|lets|letting) (up|go)', '(lose|loses|lost) ~2 grip', '(die|dies|died) down', '(drop|drops|fall|falls) (away|off)', '(turn|turns|turned) down', '(no longer|less) ~2 (bother*|intrusive|painful|frequent|intense|loud)',
  ],
  /** What becomes of something good by itself: `sleep returns`. */
  mend: ['(return|returns|returned|returning|improve|improves|improved|improving|brighten*|rise|rises|rose|increase|increases|increased|recover|recovers|recovered|rebound*|sharpen*|stabilises|stabilizes|stabilised|stabilized|normalises|normalizes|normalised|normalized|blossom*|bloom*|grow|grows|grew|strengthen*|restored|renewed|lift|lifts|lifted|come back|comes back|came back|open up|opens up)'],
  /** Holding on to a benefit. */
  keep: ['(keep|keeps|kept|keeping|hold|holds|held|maintain*|sustain*|preserv*|extend*|prolong*|stretch*) ~3 (benefit*|gains|well|effect*|relief|remission|improvement*|response|at bay|from (creeping|coming|returning|slipping)|away|going|lifted|stable|indefinitely|you well)'],
  /** Something bad that a treatment is wanted for; conditions come from the packs. */
  ailment: [
    '(symptom|symptoms|aura|pain|pains|ache|aches|pangs|suffering|low spirits|darkness|blues|loneliness|shame|guilt|anger|irritability|rage|dread|emptiness|hyperarousal|jumpiness|attacks|spasms|flares|flare|burning|soreness|urges|urge|dependence|drinking|spirals|spiral|loops|triggers|memories|rigid thinking|self criticism|inner voice|chatter|volume|weight|heaviness|load|burden|scores|score|ideation|admissions|hospitali*|crisis|crises|wind up|sensiti*|distress|despair|hopelessness|rumination*|nightmare*|flashback*|craving*|panic|worry|worries|sadness|grief|stress|tension|numbness|hypervigilance|insomnia|fatigue|headache*|tenderness|anhedonia|self harm|relapse|relapses|burnout|misery|fog|gloom|overthinking|brain fog|agitation|withdrawal|addiction|inflammation|alarm|fear|fears|fear memories|avoidance|illness|episode|episodes|disorder|disorders|root cause)',
    '(depress*|suicid*|anxi*|traum*|obsess*|compuls*|bipolar|migraine*|neuropath*|fibromyalgia|ptsd)',
    '(dark|negative|intrusive|unwanted|racing|suicidal|looping|obsessive|self critical|ruminative|anxious|harmful) ~2 (thought*|thinking|pattern*|loops|memories|feelings|ideation)',
    'thoughts of (suicide|death|self harm|dying|ending)', 'low mood', 'mood (disorder*|symptoms)', 'mental (health|illness) [condition*|disorder*|problems|symptoms|challenges|struggles|issues]',
    '(pain|depression|MADRS|PHQ|symptom|anxiety|PCL) ~2 (score|scores|severity|levels|intensity)', 'PTSD', 'OCD', 'ADHD', 'CRPS', 'TRD', 'MDD', '(habits|ruts|grip) of mind', 'the war', 'inner critic', 'the fog', 'the noise',
  ],
  /** Something good that a treatment is wanted for. */
  asset: [
    '(mood|moods|spirits|appetite|libido|interest|pleasure|memory|attention|thinking|perspective|calm|peace|mobility|openness|self compassion|creativity|connection|sense of self|zest|spark|sparkle|sleep|quality of life|well being|wellbeing|wellness|outlook|motivation|energy|focus|concentration|recovery|resilience|remission|relief|clarity|joy|hope|happiness|optimism|self esteem|confidence|productivity|functioning|cognition|cognitive function|brain function|brain health|mental health|emotional health|outcomes|outcome|life|lives|relationships|connectedness|emotional connection|social functioning|daily life|function|insight|insights)',
    'emotional (connection|regulation|well being|wellbeing|resilience|balance|openness)',
  ],
  /** Nouns that say the treatment has an effect. */
  effect: [
    '(antidepressant|anti depressant|antisuicidal|anxiolytic|analgesic|therapeutic|clinical|mood lifting|mood|pain relieving|positive|beneficial|healing|lasting|long lasting|sustained|rapid|fast|quick|immediate|swift|significant|profound|powerful|transformative|dramatic|remarkable) ~2 (effect|effects|benefit|benefits|action|response|responses|relief|improvement|improvements|result|results|onset|efficacy|gains|gain|change|changes|recovery|reduction|reductions)',
    '(efficacy|effectiveness|relief|remission|improvement|improvements|benefit|benefits|success rate|success rates|response rate|response rates|remission rate|remission rates|rapid onset|onset of action|quick action|rapid action|speed of action)',
    '(results|outcomes) ~3 (speak|promising|impressive|exciting|encouraging|striking|dramatic|positive|remarkable|amazing)', '(promising|impressive|exciting|encouraging|striking|dramatic|positive|remarkable|amazing|early) (results|outcomes|findings|data)',
    '(anti inflammatory|antidepressant|analgesic|anxiolytic|neuroprotective|healing|therapeutic|pain relieving) (properties|potential|power|powers|action|qualities)',
  ],
  /** Says of the treatment that it does good. */
  effective: [
    '(effective|beneficial|helpful|efficacious|useful|successful|valuable|powerful|transformative|healing|life saving|life changing|potent) ~2 (for|in|at|against|to|when|with|treatment|therapy|tool|intervention|option|medicine|as)',
    '(is|are|was|be|been|proves|proved|proven|highly|very|so|more|most|particularly|especially|remarkably|equally|just as|as) (effective|beneficial|helpful|efficacious|successful|useful)',
    '(work|works|worked|working) (well|fast|faster|quickly|rapidly|quick|for|within|when|better|wonders|almost|immediately|right|on|best|where|even|as|just|like|so)', '(it|ketamine|treatment|therapy|esketamine|spravato|this|that|they|medicine|drug) [really|actually|just|does|do|truly|often|usually|generally|simply|still] work*',
    '(get|gets|got|getting) to work', 'take* effect', 'kick* in', '(does|do|doing) the ~1 (work|lifting|trick|job)', 'make* ~2 (difference|better)', '(turn|turns|turned|turning) ~3 around', '(change|changes|changed|transform|transforms|transformed|save|saves|saved|restore|restores) ~2 (life|lives)',
    '(get|gets|getting|got|go|goes|treat|treats|treating|address|addresses|addressing|tackle|tackles) ~2 root (cause|causes|of)', '(break|breaks|broke|breaking) ~2 (cycle|spell|pattern|patterns|loop)', '(the|an) ~1 alternative (for|to|treatment)', 'answer (for|to)', 'solution (for|to)', 'prom* treatment', '(show|shows|showed|shown|hold|holds) [great|real|considerable|significant|much|some|enormous] promise', 'promising ~2 (treatment|therapy|option|approach|alternative|intervention|avenue|results|role)',
    '(good|great|excellent|ideal|perfect|right|best|suited|recommended|indicated) ~1 (for|in)', '(superior|non inferior|noninferior|inferior|as good|twice as good|comparable|equivalent|equal) (to|as)', '(outperform*|beat|beats|surpass*|outpac*|outshine*)', '(let|lets|allow|allows|enable|enables|enabled|allowed) (you|people|patients|them|many|individuals|guests|members|clients)', '(give|gives|gave|giving|offer|offers|offering|offered|provide|provides|providing|provided|bring|brings|deliver|delivers|delivered|delivering|produce|produces|produced) ~4 (relief|benefit|benefits|improvement|improvements|remission|results|reprieve|respite|recovery|response|reduction|window|spell|lift|boost)',
  ],
  /** What people say, feel or get; with an outcome it makes an efficacy claim. */
  experience: [
    '(report|reports|reported|reporting|notice|notices|noticed|noticing|feel|feels|felt|feeling|experience|experiences|experienced|experiencing|see|sees|saw|seeing|get|gets|got|getting|find|finds|found|finding|describe|describes|described|describing|enjoy|enjoys|enjoyed|achieve|achieves|achieved|achieving|walk|tell us|told us|say|says|saying|have|had|wake|leave|leaves|left|become|becomes|became|respond|responds|responded|responding|improve|improves|improved|improving|recover|recovers|recovered|remit|remitted|benefit|benefits|benefited)',
  ],
  /** Outcomes that people have. */
  outcome: [
    '(better|relief|improvement|improvements|improved|smiling|laughing|eating|sleeping|functioning|thriving|coping|stronger|whole|human|normal|rested|refreshed|steadier|grounded|reset|transformed|symptom free|pain free|depression free|drug free|sober|in remission|normal range|back to normal|a corner|a weight|lighter|calmer|brighter|happier|clearer|remission|shift|difference|breakthrough|breakthroughs|themselves|myself|alive|well|free|freedom|healing|recovery|reduction|reductions|reduced|decrease|decreased|drop|lift|benefit|benefits|results|success|uplift|easing|gains|turnaround|respite|hope|restored|renewed|renewal|changes|reconnected|reconnect)',
    'fewer ~2 _', 'less ~1 (pain|anxious|depressed|depression|anxiety|reactive|irritable|burdened|stuck|weighed|suicidal)', '(quieter|calm|steadier|easier|deeper|softer) ~2 _', '(back to|able to|stop|stopped|come off|taper|tapered|sleep|slept|sleeping|return|returned) ~3 _', 'change in _', 'get* (well|better)', '(wean|weaned) _', '(respond|responds|responded|responding|responders|remit|remitted|recover|recovers|recovered)',
  ],
  /** How soon. */
  onset: [
    '(within|in|after) [about|just|only|roughly|around|the|a] [first|couple of|few|matter of|single|as little as] [<num>|a|an|mere] [to|or] [<num>] (minutes|minute|hours|hour|day|days|week|weeks|session|sessions|infusion|infusions|dose|doses|afternoon|treatment|treatments|night|month)',
    '(hours|minutes|days) [,] (not|rather than|instead of) (weeks|months|days|years)', '(the|by the|that|same|very|very same) (same|next|following) (day|morning|evening|afternoon|night)', '(overnight|immediately|instantly|almost immediately|right away|straight away|at once)', 'in as little as <num> (minutes|hour|hours|day|days|session|sessions)',
    '(rapid|rapidly|fast|faster|fast acting|rapid acting|rapidly acting|quick|quickly|quicker|quickest|swift|swiftly|speedy|speed|prompt|instant|fastest)', '(hours|minutes) (of|after|following) [the|a|your|their] [first|single|one] (administration|infusion|dose|treatment|dosing|session|use)', 'hours or days', 'before ~6 (leave|left|finish|finished|gone home|sun goes down|home)', 'often within _', 'a few hours',
  ],
  /** How long. */
  duration: [
    '(last|lasts|lasted|lasting|persist*|endur*|remain*|stay*|continue*|hold|holds|held) ~4 (hours|days|weeks|months|years|forever|for life|indefinitely|longer|year|month|week|fortnight)',
    '(for|over|several|few|many|up to|about|around|roughly|a) ~2 (days|weeks|months|years) (after|afterward|afterwards|following|later|of relief|of)', '(long lasting|longlasting|lasting|durable|enduring|long term|sustained|permanent|permanently|lifelong) ~1 (effect|effects|relief|results|result|change|changes|improvement|improvements|benefit|benefits|remission|recovery|healing|freedom|solution)',
    '(days|weeks|hours) to [several|a few|a couple of|even] (weeks|months|years|days)', '(indefinitely|for good|for life)', '(effects|effect|benefits|benefit|relief|results|improvement|improvements|response|gains) ~3 (last|lasts|lasted|lasting|persist|persists|persisted|endure|endures|continue|continued|sustained|maintained|hold|held)', 'keep* the (benefit*|gains|effect*)', '(effects|effect|benefits|benefit|relief|results|insights|changes|gains|improvements|improvement) (are|is) (permanent|lasting|long lasting|lifelong|durable|enduring|here to stay|sustained)', '(never|no longer|not) ~2 need* (another|more|again|a|any|their|daily)',
  ],
  /** An effect on the body: verbs. */
  act: [
    '(increas*|rais*|boost*|stimulat*|promot*|trigger*|releas*|activat*|form|forms|formed|forming|grow|grows|growing|grew|regrow*|rebuild*|rewir*|reset*|reboot*|repair*|regenerat*|strengthen*|enhanc*|flood*|restor*|sprout*|spark*|spur*|reconnect*|re wire*|heal|heals|healing|wake* up|switch* on|switch* off|elevat*|normali*|rebalanc*|recalibrat*|remodel*|reshap*|reorgani*|unlock*|open|opens|opened|dampen*|quiet|quiets|quieting|calm|calms|disrupt*|interrupt*|support*|generat*|creat*|produc*|encourag*|foster*|facilitat*|reduc*|lower*|lessen*|drive|drives|driving|kick* off|bring* back|bringing|loosen*|soften*|surge*|burst*|improv*|lay down|laying down|build|builds|building|sharpen*|thicken*|bathe*|attenuat*|inhibit*|suppress*|raise*|upregulat*|downregulat*|induc*|fertili*|feed|feeds|nourish*|rejuvenat*|refresh*|stop|stops|reduces|thaw*|hush*|weaken*|erase*|stamp*|swell*|nudge*|prompt*|ignit*|fire up|fires up|flip*|clear|clears|prun*|tune*|retune*|retrain*|soak*|plump*|waters|jump start*|jumpstart*|kickstart*|kick start*)',
    'affinity (of|for)', 'half life', 'bioavailab*', '(work|works|worked|working) (primarily|mainly|partly|largely|chiefly|in part|simply|essentially) by', '(work|works|worked|working) by', 'brings ~5 back', 'impact on', 'effect* on',
  ],
  /** An effect on the body: what is acted on; more come from the packs. */
  body: [
    "(brain|brain's|brains|neuron|neurons|neural|neuronal|synap*|receptor|receptors|glutamate|glutamatergic|serotonin|dopamine|gaba|bdnf|connections|neurotransmitter*|neuroplastic*|plasticity|plastic|circuit|circuits|circuitry|cortex|hippocampus|amygdala|nerve cells|brain cells|nerve endings|nerves|pathways|wiring|nervous system|pain system|pain signals|default mode network|prefrontal|dendrit*|spines|new branches|mtor|ampa|nmda|inflammat*|cytokine*|opioid tolerance|spinal cord|neuro*|cerebral|hormone*)",
  ],
  /** Grounds: a study named as such. */
  study: [
    '(study|studies|trial|trials|research|evidence|data|meta analys*|systematic review*|review|reviews|scientists|researchers|investigators|literature|survey|surveys|case series|case studies|case reports|experts|science|findings|report|reports|analysis|analyses|registry|experiment*|pilot|paper|papers|academics|doctors|clinicians|psychiatrists|universities|work in (mice|rats|animals|rodents)|animal work)',
  ],
  /** What a study does to be a ground. */
  finds: [
    '(show|shows|showed|shown|showing|showcas*|suggest|suggests|suggested|suggesting|demonstrat*|find|finds|found|finding|indicat*|report|reports|reported|reporting|reveal*|confirm*|prove|proves|proved|proven|support|supports|supported|supporting|discover*|establish*|conclud*|observ*|document|documents|documented|saw|point to|points to|pointed to|back|backs|backed|backing|validat*|agree|agrees|uncovered|highlight*|tell us|tells us|say|says|proves|prove|proved|proven|call|calls|exciting|promising|encouraging|think|thinks|believe|believes|know|believed)',
    '(has|have|had) been (shown|found|proven|demonstrated|reported|observed|documented)', '(favour|favor|favours|favors|favoured|favored)',
  ],
  /** Work that is going on or hoped for: no finding. */
  intent: [
    '(explor*|investigating|examining|evaluating|testing|assessing|studying|exploration)', '(being|is|are|was|were|been) ~1 (studied|investigated|explored|tested|examined|evaluated|researched)', 'looking (into|at)', 'under (investigation|study|review|evaluation)', '(research|work|trials|studies|study) (is|are|continues|continue|remains) ~1 (ongoing|under way|underway|continuing|exploring|to explore|examining)', '(trial|study|studies|trials|research) (will|aims|aim|hopes|plans|to see|to determine|to find)', 'have examined', 'has examined', 'attracted ~2 (interest|attention)', 'attention (for|as|in)', 'gain* ~2 (attention|popularity|traction|interest)', '(interest|attention) in', 'as research continues', 'continues to uncover', 'poised to', 'whether', 'in search of', 'search for',
  ],
  /** Statements that evidence is missing, limited, mixed or negative. */
  limits: [
    '(limited|mixed|weak|thin|scarce|sparse|insufficient|inconclusive|conflicting|poor|low quality|little|patchy|uncertain|contradictory) ~2 (evidence|data|research|studies|results|findings|support)', '(evidence|data|research|results|findings|picture) ~3 (limited|mixed|weak|thin|thinner|scarce|sparse|insufficient|inconclusive|conflicting|uncertain|lacking|poor|preliminary only|less clear|unclear)', '(more|further|larger|longer|additional) ~2 (research|studies|trials|study|investigation|data|evidence)', '(not|never) ~3 (known|understood|established|clear|settled|proven|shown|studied|demonstrated|certain|approved)', '(unknown|unclear|uncertain|unproven|unsettled|untested|debated|disputed|experimental|investigational|open question)', 'no (evidence|data|proof|difference|advantage|benefit|better|effect|improvement|separation|clear difference|detectable difference|controlled data|clear advantage)', '(small|tiny|short|brief|open label|uncontrolled) (trial|trials|study|studies|samples|sample)', 'did not (beat|differ|improve|separate|meet|reach|find|show|outperform|work|help)', "didn't (beat|differ|improve|separate|meet|reach|find|show|outperform|work|help|do)", '(missed|fail|fails|failed) ~3 (endpoint|endpoints|significance|outcome|to show|to beat|to find)', '(wear|wears|wore|worn|wearing) off', '(effect|effects|benefit|benefits|relief|improvement|improvements|response|gains|it|they|that|usually|often|typically|generally) ~3 (fade|fades|faded|fading)', 'benefit ~2 (slipped|lost)', '(symptoms|depression|pain) ~2 (return|returns|returned)', '(disappoint*|negative) ~1 (result|results|trial|trials|one)', 'no (better|different|more effective) than', 'not ~3 (better|superior|effective|work|help|change)', 'have been disappointing', 'no control (group|arm)', 'pinch of salt', 'still (mostly|only|largely) a (theory|hypothesis)', "(isn't|is not|aren't|are not|wasn't|was not) ~2 (established|settled|clear|known|proven|supported|recommended|better|effective)", "that's the theory", 'gap narrowed', 'difference had gone', 'no one (knows|is certain|can)', 'nobody (knows|has|can)', 'alarm ~3 creeps back', 'not a substitute', 'not an established',
  ],
  /** Lessen the force of a claim. */
  hedge: [
    '(may|might|could|can|perhaps|possibly|potentially|arguably|presumably|likely|probably)', '(appear|appears|appeared|seem|seems|seemed|suggest|suggests|suggested|suggesting|suggestive)', '(is|are|was|were|been|be) ~1 (thought|believed|reported|said|hypothesi*|considered possible|associated|linked)', '(thought|believed) to', '(potential|possible)', '(some|limited|initial|early|preliminary) evidence', '(in|for|among|of) ~1 some (people|patients|adults|individuals|cases|participants|of)', '(help|helps|relieve|relieves|benefit|benefits|give|gives|lift|lifts|work|works|ease|eases|for) [in|for] some (people|patients|adults|individuals)', 'some (studies|research|evidence|trials|reports|experts|case studies)', '(scientists|researchers|experts|some|many|they|we|doctors) ~1 (think|believe|suspect|hypothesi*|propose)', '(one|the|a|leading) (theory|hypothesis|idea|thinking) (is|holds|goes)', 'associated with', 'linked (to|with)', 'tends to', 'tend to', 'we hope',
  ],
  /** Negators. */
  not: ['(not|no|never|none|nobody|neither|nor|without|cannot|unable|lack|lacks|lacking|rarely|seldom|hardly)', "(isn't|aren't|wasn't|weren't|doesn't|don't|didn't|hasn't|haven't|hadn't|won't|wouldn't|can't|couldn't|shouldn't)"],
  /** Assurances of safety. */
  safety: [
    '(safe|safely|safer|safest|harmless|gentle|gentler|benign|risk free|low risk|non addictive|nonaddictive|non habit forming|well tolerated|tolerable|better tolerated)', '(safety|side effect|tolerability|risk) (profile|record)', '(side effects|adverse effects|risks|reactions|effects|they) ~4 (mild|minimal|minor|manageable|brief|few|rare|short lived|transient|gone|temporary|negligible|nonexistent|non existent)', '(mild|minimal|minor|manageable|few|negligible|no|zero|little|without|virtually no|hardly any) ~3 (side effect*|adverse effects|adverse events|downsides|downside|downtime|risk|risks|hangover|complications|adverse event|interaction|interactions|dependence|dependency|withdrawal|harm)', "(not|isn't|aren't|never|can't|cannot|won't|doesn't|don't|nobody|no one|no) ~4 (addict*|habit forming|hooked|dependen*|harm|harms|harmed|toxic|dangerous|damage|overdose|affect breathing|breathing|suppress breathing|stop the breathing|stop breathing|trigger mania|cause)", '(addiction|dependence|dependency|risk|overdose) ~3 (nil|zero|negligible|not a concern|low|lower|minimal|unlikely|rare)', "(addiction|dependence|dependency|safety|risk) (isn't|is not|aren't|are not) ~2 (concern|issue|problem|worry)", 'side effects only', 'no (interaction|interactions)', '(not|is not|isn\'t) a (barrier|problem|concern)', '(adverse|serious) ~2 (events|event|reactions) ~3 (rare|few|without|single)', 'without [a|any] [single] (serious|adverse) _', '(far|much|a lot) safer',
  ],
  /** Comparison. */
  compare: [
    '(unlike|compared (to|with)|in contrast to|versus|vs|rather than|instead of|whereas)', '(better|faster|quicker|more|safer|less|superior|fewer|greater|sooner|stronger|higher|larger|longer|cheaper|rarer|worse|lower|further|smaller) ~4 than', '(as|just as|equally|at least as|every bit as|twice as|three times as) (well|good|effective|safe|fast|quick) as', '(outperform*|surpass*|outpac*|outshine*|beats|beat|edge* out|hands down|head and shoulders|head to head)', '(quickest|fastest|most effective|most powerful|best|strongest|safest|better)', '(superior|inferior|non inferior|noninferior|comparable|equivalent|equal) to', "what ~6 (couldn't|can't|cannot|never could)", 'where ~4 (failed|fail|fell short|fall short)', "the way ~2 (does|do|did)", 'have none of that', '(outrun*|outshine*|trump*|eclips*|dwarf*|leave* ~4 (behind|in the dust|standing))', '(nothing|no other|nothing else|no tablet|no pill|no drug) ~6 (close|compare*|match*|faster|better|like it|does|can|works)', 'head and shoulders above', 'when nothing else (could|would|did|worked|has)',
  ],
  /** Approval by a regulator. */
  approval: [
    '(approv*|licensed|licenced|authori*|cleared|registered|okayed|green light*|labeled|labelled|sanctioned)', "(FDA|agency's|regulator's|regulators|EMA|MHRA) ~2 (approval|blessing|nod|indication|clearance|stamp|backing)", "(approval|licence|license|indication|blessing|clearance|go ahead) (for|in|from|of|was|came)", 'on the PBS', 'FDA approved', '(won|win|gained|received|got) ~3 (approval|blessing|licence|license|nod)', 'removed that requirement', '(FDA|agency|regulator) ~2 (allowed|removed|extended|expanded|cleared|okayed)', 'indication was (extended|expanded|widened)',
  ],
  regulator: ['(FDA|EMA|MHRA|TGA|NICE|Health Canada|Medsafe)', 'food and drug administration', 'european (commission|medicines agency)', '(agency|regulator|regulators|label|authorities)', '(united states|european union|united kingdom|UK|US|U.S|EU|australia|canada|europe|here|this country)'],
  /** Figures of outcome. */
  figure: ['<pct>', '(<num>|most|half|several) (in|out of|of every|of) (every|the|our) <num>', '<num> (in|out of|of every|of) <num>', '<num> fold', '(twice|three times|four times|ten times) (as|more|the)', '(one|two) (third|thirds|quarter|quarters|half) (of|do|did|have|get|respond)', '(two thirds|one third|a third|half|three quarters|a quarter|nine in ten|eight in ten|seven in ten) ~1 (of|the|do|who|respond)', '(effect size|odds ratio|hazard ratio|number needed to treat|NNT|relative risk|cohen) ~2 (of|was|is|=)', '(<num>|roughly half|about half|nearly half|more than half|over half|around half) (respond|improve|of)', '<num> points', '(roughly|about|around|nearly|over|more than) (half|a third|two thirds|three quarters)'],
  /** What a figure must be of to count. */
  measured: [
    '(respond*|response|responses|remission|remitted|remit|improve*|success|effective|relief|better|recover*|reduction|reduc*|drop|decline|decrease|fell|fall|benefit*|relapse|relapsed|symptom*|score|scores|happier|well|work|works|worked|cured|feel|felt|recommend|good)',
  ],
  /** Who does not get better with other treatments. */
  nonresponse: ["(do|does|did|will|would) not ~2 (respond|benefit|improve|get|achieve|find|remit)", "(don't|doesn't|didn't|won't|never|not|cannot|can't) ~2 (respond|responded|benefit|improve|get adequate|get enough|achieve|find|reach|work|help)", '(fail*|resist*|inadequate|non respon*|nonrespon*|no relief|unresponsive|remain ill|remain depressed|still depressed) ~3 (to|of|treatment|antidepressant*|relief|symptoms|medication*|standard|respon*)', '(only|just) ~2 work* for', "(aren't|are not|isn't|not) helped", '(get|gets|got|getting) nowhere', '(get|gets|got) (too|so) little', 'shrug* off', '(no|little|without) (success|luck|joy|benefit|improvement)', 'try ~4 without', 'still (ill|unwell|depressed|suffering)', 'remain* (ill|unwell|depressed|symptomatic)'],
  /** Treatments that are not ours. */
  other: [
    '(SSRI|SSRIs|SNRI|SNRIs|ECT|TMS|rTMS|CBT|EMDR|MDMA|LSD|DBT|NSAIDs|MAOIs|MAOI)', '(antidepressant|antidepressants|electroconvulsive*|electric shock|transcranial|psilocybin|lithium|lamotrigine|quetiapine|midazolam|placebo|saline|prozac|zoloft|lexapro|wellbutrin|paxil|effexor|sertraline|fluoxetine|escitalopram|citalopram|paroxetine|venlafaxine|duloxetine|mirtazapine|bupropion|opioid|opioids|morphine|benzodiazepine*|gabapentin|pregabalin|amitriptyline|exercise|magnesium|cannabis|magic mushrooms|ayahuasca|st johns wort|psychotherapy|talk therapy|talking therapy|talking therapies|counselling|counseling|medication|medications|pills|standard drugs|triptan*|botox|topiramate|propranolol|naltrexone|dexamethasone|propofol|esmolol|clonidine|ondansetron|prazosin)',
    "(st|saint) john's wort", '(conventional|traditional|standard|other|regular|ordinary|daily|existing|usual|oral) ~2 (antidepressant*|treatment|treatments|therapies|therapy|medication|medications|medicines|drugs|options|pills|approaches|methods)', 'green tea',
  ],
  /** Side effects and other harms: candour is never punished. */
  harm: [
    '(side effect|side effects|adverse|risk|risks|harm|harms|danger*|dissociat*|hallucinat*|nausea|vomit*|dizz*|drows*|sedat*|sleepiness|blurred vision|double vision|blood pressure|hypertens*|heart rate|bladder|urin*|cystitis|addict*|dependen*|misuse*|abus*|psychosis|mania|confusion|overdose|death|died|cognitive impairment|memory (loss|problems|impairment)|liver|unpleasant|frighten*|sick|nauseous|headache*|tolerance|toxic*|injur*|breathing|respirat*|contraindicat*|emergence|worse|worsen*|caution*|warning*)',
  ],
  /** Instructions and advice. */
  instruct: ['(should|must|need to|ought to|have to|do not|don\'t|please|make sure|remember to|avoid|always (consult|tell|ask|talk|speak|check)|never (drive|mix|share|take|use|stop)|talk to|speak (to|with)|ask your|consult|tell your|tell us|let us know)'],
  /** First person singular. */
  self: ["(i|i'm|i've|i'd|i'll|my|me|myself|mine)"],
  /** First person plural: the clinic's own. */
  ours: ["(we|we've|we're|we'd|our|ours|us)"],
  /** Limits that make own figures candid. */
  candid: ['no control (group|arm)', 'control group', 'not [a] controlled', '(not|nobody|none|no one) ~3 (randomi*|blinded|controlled|followed|measured|peer reviewed)', 'pinch of salt', '(dropped out|drop out|dropouts|lost to follow up|did not return|not finish|excluded|self report*|self selected|single site|one site|single centre|single center|retrospective|open label|uncontrolled|observational|anecdotal|small numbers|no comparison|volunteer*|paying|weigh it accordingly|optional|motivated|cannot tell|can\'t tell|can\'t be certain)', 'not ~2 (proof|evidence|prevalence)', 'read as illustration'],
} as const satisfies { readonly [category: string]: readonly string[] };

export type Cue = keyof typeof CUES;
