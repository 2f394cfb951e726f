/** A mistake that somebody could make one day, and the test that must find it. */
export interface Hole {
  name: string;
  /** Each piece stands in its file exactly once. */
  edits: readonly { file: string; find: string; put: string }[];
  test: { file: string; name: string };
}

const byMatrix = (name: string): Hole['test'] => ({
  file: 'server/src/testing/matrix/matrix.test.ts',
  name,
});

/** Ten holes, one of each kind that lets somebody see or do what is not his. */
export const holes: readonly Hole[] = [
  {
    name: 'a missing check on a route: changing the status looks at no right',
    edits: [
      {
        file: 'server/src/conversation/set-status.ts',
        find: "!mayIn(actor, 'conversation.set_status', before.mailboxId)",
        put: 'false',
      },
    ],
    test: byMatrix('PUT /conversations/:conversationId/status'),
  },
  {
    name: 'an id of another workspace: a team is found by its id alone',
    edits: [
      {
        file: 'server/src/accounts/team/store.ts',
        find: "    .where('team.workspace_id', '=', workspaceId)\n",
        put: '',
      },
    ],
    test: byMatrix('DELETE /teams/:teamId'),
  },
  {
    name: 'a file address without its check: whose message it is in is not asked',
    edits: [
      {
        file: 'server/src/conversation/messages/store.ts',
        find: "      .where('message.workspace_id', '=', actor.workspaceId)\n      .where(visible(actor))",
        put: "      .where('message.workspace_id', '=', actor.workspaceId)",
      },
    ],
    test: byMatrix('GET /messages/:messageId/parts/:part'),
  },
  {
    name: 'a stream topic: a letter of a mailbox is told to everybody',
    edits: [
      {
        file: 'server/src/live/line.ts',
        find: 'if (mailboxId === undefined) return isTakenFrom(event, actor) ? null : undefined;',
        put: 'if (mailboxId === undefined) return null;',
      },
    ],
    test: byMatrix('stream: message_received'),
  },
  {
    name: 'a search hit: words are found in every mailbox, and shown as they were found',
    edits: [
      {
        file: 'server/src/search/store.ts',
        find: "    .where('search_document.workspace_id', '=', actor.workspaceId)\n    .where(visible(actor));\n  for",
        put: "    .where('search_document.workspace_id', '=', actor.workspaceId);\n  for",
      },
      {
        file: 'server/src/search/search-messages.ts',
        find: 'await listItems(tx, actor, ',
        put: 'await listItems(tx, houseActor(actor.workspaceId), ',
      },
      {
        file: 'server/src/search/search-messages.ts',
        find: 'import { type Actor, type Mask,',
        put: 'import { type Actor, houseActor, type Mask,',
      },
    ],
    test: byMatrix('GET /search (a word of the text)'),
  },
  {
    name: 'a count that tells: the counts are the whole workspace’s',
    edits: [
      {
        file: 'server/src/conversation/counts/store.ts',
        find: '(actor)}\n    group by 1, 2, 3, 4, 5 having',
        put: '(houseActor(actor.workspaceId))}\n    group by 1, 2, 3, 4, 5 having',
      },
      {
        file: 'server/src/conversation/counts/store.ts',
        find: 'import { type Actor, mailboxesFor, visible }',
        put: 'import { type Actor, houseActor, mailboxesFor, visible }',
      },
    ],
    test: byMatrix('GET /counts (conversations)'),
  },
  {
    name: 'a trainee who sends: sending asks for the right to answer only',
    edits: [
      {
        file: 'server/src/compose/send/send-reply.ts',
        find: "if (!mayIn(actor, 'conversation.send', mailboxId)) throw mayNotSend({});",
        put: '',
      },
    ],
    test: byMatrix('POST /conversations/:conversationId/send'),
  },
  {
    name: 'a reader who assigns: who sees a conversation may give it to somebody',
    edits: [
      {
        file: 'server/src/conversation/assign-conversation.ts',
        find: "mayIn(actor, 'conversation.assign', before.mailboxId) ||",
        put: "mayIn(actor, 'conversation.see', before.mailboxId) ||",
      },
    ],
    test: byMatrix('PUT /conversations/:conversationId/assignee (to a colleague)'),
  },
  {
    name: 'a masked address in a CSV: tables leave as they are',
    edits: [
      {
        file: 'server/src/accounts/mask/mask-answers.ts',
        find: "if (type.startsWith('text/csv')) return maskTable(mask, payload);",
        put: "if (type.startsWith('text/csv')) return payload;",
      },
    ],
    test: {
      file: 'server/src/conversation/export/export-conversations.test.ts',
      name: 'the table shows no address to whom they are hidden from, on any of its pages',
    },
  },
  {
    name: 'a token of a retired person: neither its end nor its owner’s leaving is looked at',
    edits: [
      {
        file: 'server/src/accounts/sign-in/admit/store.ts',
        find: "        .onRef('member.id', '=', 'api_token.member_id')\n        .on('member.state', '=', 'active'),",
        put: "        .onRef('member.id', '=', 'api_token.member_id'),",
      },
      {
        file: 'server/src/accounts/sign-in/admit/store.ts',
        find: "    .where('api_token.ended_at', 'is', null)\n",
        put: '',
      },
    ],
    test: byMatrix('GET /me'),
  },
];
