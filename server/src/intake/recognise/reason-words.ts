/** What mail servers say, sorted by what they mean; the first that matches counts, so order is meaning. */
import type { BounceReason } from '../parse/letter.ts';

export const REASON_WORDS: readonly (readonly [BounceReason, RegExp])[] = [
  [
    'virusdetected',
    /virus (?:detected|found|infected)|contains? (?:a )?virus|infected (?:message|file|with)|worm detected/i,
  ],
  [
    'authfailure',
    /dmarc|unauthenticated (?:e-?mail|mail|sender)|sender is unauthenticated|(?:spf|dkim)[^.]{0,40}(?:fail|not pass|hardfail|did not pass|softfail)|5\.7\.(?:2[0-46]|509)\b/i,
  ],
  [
    'notcompliantrfc',
    /multiple (?:\d{3} \d\.\d\.\d )?addresses in from|rfc ?(?:2)?822 compliant|not rfc|duplicate header|missing (?:message-id|from|date) header|bare linefeeds/i,
  ],
  [
    'requireptr',
    /reverse dns (?:fail|lookup|entry)|(?:invalid|no|missing) (?:rdns|ptr)|fix reverse dns|no ptr record|cannot find your (?:reverse )?hostname|cannot resolve your (?:ip )?address|invalid rdns|unknown client host/i,
  ],
  [
    'badreputation',
    /(?:low|poor|bad) (?:sender |ip )?reputation|unexpected volume or user complaints|reputation of the sending|due to (?:the )?(?:very )?low reputation/i,
  ],
  [
    'toomanyconn',
    /too many (?:concurrent|connections|recipients|sessions|messages)|(?:ip )?frequency limited|rate limit(?:ed)?|throttl|connection rate/i,
  ],
  [
    'blocked',
    /client host \[?[^ ]{0,80}\]? (?:rejected|blocked)|blocked (?:using|by|ip)|\bdnsbl\b|\brbl\b|black ?list|block ?list|banned sending ip|is blocked|your ip |smtp server of your isp|missing reverse dns|may not be mail exchanger|open relay|no access from mail server|access denied by|refused to talk to me: (?:421|5)|service refus|\(bl\)|spamhaus|spamcop|invalid domain name|access from ip/i,
  ],
  [
    'norelaying',
    /relay(?:ing)?(?: access)? denied|relaying (?:not|is not|prohibited)|unable to relay|no relaying|not (?:allowed|permitted) to relay|insecure mail relay|we do not relay|relay not permitted/i,
  ],
  [
    'mailboxfull',
    /mail ?box (?:is )?full|mailbox[^.]{0,30}(?:over|exceed|full|size limit|quota)|over (?:the )?(?:disk )?quota|quota[^.]{0,20}(?:exceed|full|violat)|exceed(?:ed|s)?[^.]{0,30}(?:quota|storage|mailbox)|insufficient (?:disk|system )?(?:storage|quota|space)|disk (?:space|quota|full)|too much mail data|boite du destinataire pleine|user is over|account is full|is full\b|容量(?:を|が)|メールボックス(?:が|の)|4\.2\.2|5\.2\.2/i,
  ],
  [
    'mesgtoobig',
    /(?:message|mail|size)[^.]{0,40}(?:too (?:big|large)|is too long|exceeds?[^.]{0,30}(?:size|limit|maximum))|exceeds? (?:the )?(?:fixed )?(?:maximum )?(?:message |file )?size|size limit|line limit exceeded|message length exceeds|サイズ(?:が|制限)/i,
  ],
  [
    'hasmoved',
    /(?:has|have) (?:been )?moved|no longer (?:on server|a customer)|recipient no longer|not our customer|no forwarding address|address (?:has )?changed/i,
  ],
  [
    'suspend',
    /(?:account|mailbox|user|recipient|address)[^.]{0,60}(?:disabled|suspended|inactive|frozen|locked|deactivated|discontinued|expired|unavailable: temporarily)|(?:disabled|suspended|inactive) (?:account|mailbox|user)|temporar(?:y|ily) locked|vdelivermail: account is locked|mailbox unavailable or access denied|mailbox is frozen|temporarily disabled/i,
  ],
  [
    'mailererror',
    /procmail|\bmailer error|command (?:failed|died)|^x-unix; (?:7[0-689]|temporary)|deliver(?:ed)? to (?:file|command|pipe|program)|local delivery failed|vacation: |exit (?:code|status)|unable to (?:use|create) (?:dot)?lock|pipe to \|/i,
  ],
  [
    'policyviolation',
    /for policy reasons|policy (?:violation|reject|restriction)|because its content presents a potential|potential(?:ly)? (?:security issue|executable)|attachment type|prohibited by policy|administrative(?:ly)? (?:prohibit|block)/i,
  ],
  [
    'spamdetected',
    /\bspam\b|unsolicited|bulk mail|spammy|ofr_506|\bjunk (?:mail|message)|content (?:filter|reject)|high probability of spam|cloudmark/i,
  ],
  [
    'rejected',
    /domain of sender address \S+ does not exist|(?:domain of )?sender(?: address)?[^.]{0,60}(?:does not exist|rejected|denied|invalid|refused|not (?:allowed|exist)|blocked|verify failed)|sender (?:rejected|denied)|from address|(?:5|4)\.1\.[78]\b|not (?:have )?permission to post|posting (?:is )?restricted|may not (?:be )?post|not allowed to post|group you tried to contact|グループ.{0,40}投稿|by owner of|message rejected by (?:the )?(?:google )?groups/i,
  ],
  ['networkerror', /host not found, try again/i],
  [
    'hostunknown',
    /host (?:or domain name )?(?:not found|unknown)|unknown host|no such (?:domain|host)|(?:un)?routeable (?:mail )?domain|unrouteable|domain (?:name )?(?:does not exist|not found|is not reachable|lookup failure)|name or service not known|invalid (?:host|domain)|illegal host|bad destination (?:system|host|mailbox system)|couldn't find any host|no mail ?exchanger|(?:mx|dns)[^.]{0,30}(?:nxdomain|not found)|5\.1\.2\b|[\w.-]+\.\w+ does not exist$|ドメイン(?:が|名)/i,
  ],
  [
    'userunknown',
    /unknown (?:user|recipient|local|account|address|mailbox)|user (?:is )?(?:unknown|not (?:found|known|exist|listed|local))|no such (?:user|recipient|account|mailbox|person|address|local)|(?:user|recipient|account|mailbox|address|e-?mail account|address)[^.]{0,70}(?:does(?:n't| not)? exist|not found|not exist|unknown|invalid|not listed|couldn.t be found|wasn.t found)|recipnotfound|recipientnotfound|recipient (?:address )?(?:not found|unknown)|invalid (?:recipient|mailbox|user|address|account)|bad (?:destination )?(?:mailbox )?address|address (?:unknown|does not exist|couldn't be found)|not (?:a valid|in (?:the )?directory|listed in)|no mailbox (?:here )?by that name|mailbox (?:unavailable|not found|does not exist)|this (?:address|user)[^.]{0,20}(?:no longer|does not|doesn.t)|unable to find (?:user|recipient)|destinataire invalide|inactive email address|user doesn't have|did(?: no|n.)t exist|5\.1\.1[^\d]|あて先不明|宛先不明|宛先(?:の|が)|メールアドレスが(?:見つかり|存在)|アドレスが(?:間違|誤|存在|見つ)|存在しません|受信者が/i,
  ],
  [
    'notaccept',
    /system not accepting|does(?:n't| not) (?:accept|receive) e?mail|not accepting (?:network )?messages|null mx|host does not accept|smtp protocol diagnostic/i,
  ],
  [
    'networkerror',
    /no route to host|host not found, try again|establish an smtp connection|error on destination mxs|host not reachable|network (?:is )?unreachable|host (?:is )?unreachable|connection (?:refused|reset|lost|was dropped)|could ?n.t (?:make|establish) (?:an? )?(?:smtp )?connection|(?:mail|message)[^.]{0,20}loop|too many hops|hop count|loops? back|dns (?:error|lookup|server)|name server|lost connection|unable to connect|mail exchanger|cannot reach|had no relevant answers|routing loop|domain not in|4\.4\.[46]\b|bad (?:name|dns)/i,
  ],
  [
    'expired',
    /connect(?:ion)? timed? ?out|delivery failed \d+ attempts|timed out|delivery (?:time ?)?expired|(?:could not|not|unable to) be delivered (?:for|within|in)|(?:message|delivery)[^.]{0,40}(?:expired|too old|has been in the queue|on the queue|in the queue)|retry time(?:out)?|giving up|has not been (?:yet )?(?:collected|delivered)|will (?:continue|keep) trying|still (?:being )?(?:try|retr)|delivery (?:is )?delayed|did not accept our requests to connect|been queued|not respond|4\.4\.[17]\b|temporar(?:y|ily)[^.]{0,40}(?:fail|unable|delay)/i,
  ],
  [
    'filtered',
    /message filtered|filtered|recipients? was rejected by a remote mail server|due to extended inactivity|refus(?:es|ed|ing) to (?:receive|accept)|mail was refused|not want to receive|受信(?:を)?拒否|受信制限|mail rejected by recipient|rejected by (?:the )?recipient|指定受信|迷惑メール/i,
  ],
  [
    'contenterror',
    /content(?:s)? (?:error|rejected|not)|malformed|media error|improper use of 8-bit|conversion/i,
  ],
  [
    'syntaxerror',
    /syntax error|bad sequence|command (?:not|unrecognized)|helo|ehlo|unrecognized command|protocol error/i,
  ],
  [
    'securityerror',
    /access denied|authentication (?:is )?required|smtp auth(?:entication)?|authrequired|not authorized|delivery not authorized|security|permission denied/i,
  ],
  ['systemfull', /system (?:is )?full|no space left|insufficient system/i],
  [
    'systemerror',
    /system (?:config )?error|local (?:configuration )?error|internal (?:error|server)|could not load|configuration|server error|resources? (?:temporarily )?unavailable|we recommend contacting the other email provider/i,
  ],
];

/** Words so common that a precise status code knows better. */
export const WEAK_WORDS: readonly (readonly [BounceReason, RegExp])[] = [
  ['userunknown', /recipient (?:address )?rejected|address rejected/i],
];

/** RFC 3463 without its class, where it says more than "something failed". */
export const STATUS_REASONS: Record<string, BounceReason> = {
  '1.0': 'userunknown',
  '1.1': 'userunknown',
  '1.2': 'hostunknown',
  '1.3': 'userunknown',
  '1.4': 'filtered',
  '1.6': 'hasmoved',
  '1.7': 'rejected',
  '1.8': 'rejected',
  '1.9': 'userunknown',
  '1.10': 'notaccept',
  '1.351': 'filtered',
  '2.0': 'filtered',
  '2.1': 'suspend',
  '2.2': 'mailboxfull',
  '2.3': 'mesgtoobig',
  '2.4': 'filtered',
  '3.0': 'systemerror',
  '3.1': 'systemfull',
  '3.2': 'notaccept',
  '3.3': 'systemerror',
  '3.4': 'mesgtoobig',
  '3.5': 'systemerror',
  '4.0': 'networkerror',
  '4.1': 'expired',
  '4.2': 'networkerror',
  '4.3': 'systemerror',
  '4.4': 'hostunknown',
  '4.5': 'systemerror',
  '4.6': 'networkerror',
  '4.7': 'expired',
  '5.1': 'syntaxerror',
  '5.2': 'syntaxerror',
  '5.3': 'toomanyconn',
  '5.4': 'syntaxerror',
  '7.8': 'authfailure',
  '7.20': 'authfailure',
  '7.21': 'authfailure',
  '7.22': 'authfailure',
  '7.23': 'authfailure',
  '7.24': 'authfailure',
  '7.25': 'requireptr',
  '7.26': 'authfailure',
  '7.28': 'toomanyconn',
};
