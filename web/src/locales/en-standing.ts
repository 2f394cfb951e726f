/** Words about where a conversation stands: whose it is, what it waits for, how urgent it is. */
export const enStanding = {
  standing: {
    team: 'Team',
    teamNamed: '{{name}} (team)',
    goneTeam: 'a dissolved team',
    noTeam: 'Back to no team',
    findTaker: 'Find by name',
    nobodyFound: 'Nobody by that name',
    chooseTaker: 'Please choose',
    to: 'To',
    handOver: 'Hand over with a note…',
    handOverTitle: 'Hand over with a note',
    handOverNote: 'Note for whoever takes over',
    handOverHint: 'It stays in the conversation as a note and never leaves the team.',
    hand: 'Hand over',
    teamGiven: 'Given to the team',
    teamTaken: 'With no team now',
    event: {
      teamGiven: '<b>{{by}}</b> gave it to <b>{{team}}</b>',
      teamTaken: '<b>{{team}}</b> no longer has it',
    },
  },
} as const;
