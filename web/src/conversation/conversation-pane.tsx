import type { Conversation, ConversationId, Draft, Message } from '@madoguchi/contract';
import { IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NoteComposer } from '../composer/note-composer.tsx';
import { ReplyComposer } from '../composer/reply-composer.tsx';
import { faultDetails, isNotFound } from '../data/fault.ts';
import {
  conversationQuery,
  draftsQuery,
  eventsQuery,
  messagesQuery,
  useMe,
  useMemberById,
} from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { familyName } from '../ui/family-name.ts';
import { EmptyState, SkeletonRows } from '../ui/states.tsx';
import { Strip } from '../ui/strip.tsx';
import { toast } from '../ui/toasts.ts';
import { useKeys } from '../ui/use-keys.ts';
import { useFrame } from '../ui/use-width.ts';
import { useChanges } from './changes.ts';
import styles from './conversation.module.css';
import { Flow } from './flow.tsx';
import { Foot, type FootAct } from './foot.tsx';
import type { OpenMenu } from './head/parts.tsx';
import { Head } from './head.tsx';
import { useLooking } from './use-looking.ts';
import { mayWrite, useRights } from './use-rights.ts';
import { useSeen } from './use-seen.ts';
import { useStillOpen } from './use-still-open.ts';
import { useTakeOver } from './use-take-over.ts';
import type { Writing } from './writing.ts';

interface Props {
  conversationId: ConversationId;
  /** What is being written here, if anything. */
  writing: Writing | undefined;
  position: { index: number; total: number } | null;
  panelOpen: boolean;
  onWrite: (writing: Writing | undefined) => void;
  onPanel: () => void;
  onBack: () => void;
  onLeave: (id: ConversationId) => void;
}

export function ConversationPane(props: Props) {
  const { t } = useTranslation();
  const found = useQuery(conversationQuery(props.conversationId));
  const pages = useInfiniteQuery(messagesQuery(props.conversationId));
  const error = found.data === undefined ? found.error : pages.data === undefined ? pages.error : null;
  if (error !== null && isNotFound(error)) {
    return (
      <EmptyState
        icon={<IconLock />}
        title={t('conversation.notFound')}
        hint={t('conversation.notFoundHint')}
      >
        <Button onClick={props.onBack}>{t('act.toList')}</Button>
      </EmptyState>
    );
  }
  if (error !== null) {
    const again = () => void Promise.all([found.refetch(), pages.refetch()]);
    return (
      <EmptyState
        role="alert"
        icon={<IconPlugConnectedX />}
        title={t('conversation.failed')}
        hint={t('conversation.failedHint')}
      >
        <Button onClick={again}>{t('act.retry')}</Button>
        <Button look="quiet" onClick={() => void navigator.clipboard?.writeText(faultDetails(error))}>
          {t('act.copyDetails')}
        </Button>
      </EmptyState>
    );
  }
  if (found.data === undefined || pages.data === undefined) return <SkeletonRows count={5} />;
  const messages = [...pages.data.pages].reverse().flatMap((page) => page.items);
  const older = pages.hasNextPage ? () => void pages.fetchNextPage() : null;
  return <Opened {...props} conversation={found.data} messages={messages} older={older} />;
}

interface OpenedProps extends Props {
  conversation: Conversation;
  messages: readonly Message[];
  older: (() => void) | null;
}

function Opened(props: OpenedProps) {
  const { conversation, conversationId, messages, older, writing, onWrite, onPanel, onBack, onLeave } = props;
  const { t } = useTranslation();
  const me = useMe();
  const memberById = useMemberById();
  const changes = useChanges();
  const phone = useFrame() === 'phone';
  const rights = useRights(conversation);
  const told = useQuery({ ...eventsQuery(conversationId), enabled: rights.seeHistory });
  const events = rights.seeHistory ? (told.data ?? []) : [];
  const drafts = useQuery(draftsQuery(conversationId)).data ?? [];
  const [menu, setMenu] = useState<OpenMenu>(null);
  const [tree, setTree] = useState(false);
  const [foldAll, setFoldAll] = useState<boolean | null>(null);
  const [taken, setTaken] = useState<Draft | undefined>();
  const flow = useRef<HTMLDivElement>(null);
  useSeen(conversation, messages, changes);
  useLooking(conversationId, writing !== undefined);

  const { hold } = conversation;
  const other = hold !== null && hold.memberId !== me.member.id ? memberById(hold.memberId) : undefined;
  const start = (act: FootAct) => {
    if (!mayWrite(rights, act)) return;
    if (act !== 'note' && other !== undefined) {
      toast(t('hold.cannotReply', { name: familyName(other.name) }));
      return;
    }
    onWrite(act);
  };
  const restore = () => {
    onLeave(conversationId);
    changes.setPlace(conversation, 'inbox');
  };
  const reopen = () => changes.setStatus(conversation, 'open');
  const done = () => {
    onLeave(conversationId);
    changes.setStatus(conversation, 'done');
  };
  useKeys({
    r: () => start('reply'),
    'shift+r': () => start('reply_all'),
    f: () => start('forward'),
    n: () => start('note'),
    s: () => setMenu(rights.setStatus ? 'status' : null),
    a: () => setMenu(rights.assign || rights.take ? 'assignee' : null),
    l: () => setMenu(rights.label ? 'label' : null),
    h: () => setMenu(rights.setStatus && conversation.place === 'inbox' ? 'later' : null),
    ';': () => setFoldAll(foldAll !== true),
    space: () => flow.current?.scrollBy({ top: flow.current.clientHeight * 0.9 }),
    'shift+space': () => flow.current?.scrollBy({ top: -flow.current.clientHeight * 0.9 }),
  });
  const others = drafts.filter(
    (draft) => draft.authorId !== me.member.id && draft.kind === 'reply' && draft.text.trim() !== '',
  );
  // What the holder writes now; and, for who took over with words of his own, those of the other beside them.
  const live =
    hold === null
      ? []
      : others.filter((draft) => draft.authorId === hold.memberId || hold.memberId === me.member.id);
  const left = hold === null ? others[0] : undefined;
  const takeOver = useTakeOver(conversation, onWrite);
  // An address may ask for what its reader may not do.
  const open = writing !== undefined && mayWrite(rights, writing) ? writing : undefined;
  const isStillOpen = useStillOpen(writing);
  const close = () => {
    if (!isStillOpen(writing)) return;
    setTaken(undefined);
    onWrite(undefined);
    requestAnimationFrame(() => document.getElementById('conversation')?.focus({ preventScroll: true }));
  };

  return (
    <section
      className={styles.conversation}
      id="conversation"
      tabIndex={-1}
      aria-label={t('conversation.label')}
    >
      <Head
        conversation={conversation}
        rights={rights}
        changes={changes}
        menu={menu}
        onMenu={setMenu}
        position={props.position}
        phone={phone}
        panelOpen={props.panelOpen}
        tree={tree}
        onTree={() => setTree(!tree)}
        onPanel={onPanel}
        onBack={onBack}
        onLeave={() => onLeave(conversationId)}
      />
      {conversation.place !== 'inbox' && (
        <Strip>
          <span className="grow">{t(`conversation.inPlace.${conversation.place}`)}</span>
          {(conversation.place === 'spam' ? rights.markSpam : rights.delete) && (
            <Button size="sm" onClick={restore}>
              {t(conversation.place === 'spam' ? 'act.notSpam' : 'act.restore')}
            </Button>
          )}
        </Strip>
      )}
      {conversation.copyIds.length > 0 && <Strip tone="inside">{t('conversation.sameAnswer')}</Strip>}
      <Flow
        ref={flow}
        conversation={conversation}
        rights={rights}
        messages={messages}
        events={events}
        liveDrafts={live}
        older={older}
        tree={tree}
        foldAll={foldAll}
        writing={open !== undefined}
        onTreeChoose={() => setTree(false)}
      />
      {open === undefined ? (
        <Foot
          conversation={conversation}
          rights={rights}
          leftDraft={left}
          takeOver={takeOver}
          onAct={start}
          onTakeDraft={(draft) => {
            setTaken(draft);
            start('reply');
          }}
          onDone={done}
          onReopen={reopen}
        />
      ) : open === 'note' ? (
        <NoteComposer conversation={conversation} messages={messages} onClose={close} />
      ) : (
        <ReplyComposer
          key={open}
          conversation={conversation}
          rights={rights}
          messages={messages}
          writing={open}
          from={taken}
          onClose={close}
        />
      )}
    </section>
  );
}
