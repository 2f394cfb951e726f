/** Words about where a conversation stands: whose it is, what it waits for, how urgent it is. */
export const jaStanding = {
  standing: {
    team: '担当チーム',
    teamNamed: '{{name}}（チーム）',
    goneTeam: '解散したチーム',
    noTeam: 'チームなしに戻す',
    findTaker: '名前で探す',
    nobodyFound: '当てはまる人はいません',
    chooseTaker: '選んでください',
    to: '渡す相手',
    handOver: '引き継ぎメモを付けて渡す…',
    handOverTitle: '引き継ぎメモを付けて渡す',
    handOverNote: '引き継ぎメモ',
    handOverHint: 'メモとして案件に残ります。社外には送信されません。',
    hand: '渡す',
    teamGiven: '担当チームを決めました',
    teamTaken: '担当チームなしにしました',
    event: {
      teamGiven: '<b>{{by}}</b>が<b>{{team}}</b>を担当チームにしました',
      teamTaken: '<b>{{team}}</b>が担当チームから外れました',
    },
  },
} as const;
