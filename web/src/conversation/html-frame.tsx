import { type MessageId, messageHtmlRoute } from '@madoguchi/contract';
import { useEffect, useRef, useState } from 'react';
import { addressOf } from '../data/client.ts';
import styles from './message.module.css';

const FIRST_HEIGHT = 120;
const MOST = 20_000;

interface Props {
  messageId: MessageId;
  images: boolean;
  title: string;
}

/**
 * A stranger's HTML: its own address, its own policy, no scripts. The page may look at its height only
 * because the frame is of the same origin, and the frame can do nothing with that.
 */
export function HtmlFrame({ messageId, images, title }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(FIRST_HEIGHT);
  const [loads, setLoads] = useState(0);

  useEffect(() => {
    const inside = frame.current?.contentDocument?.documentElement;
    if (loads === 0 || inside === undefined || inside === null) return;
    const measure = () => {
      const body = inside.ownerDocument.body;
      setHeight(Math.min(MOST, Math.ceil(Math.max(body.scrollHeight, body.getBoundingClientRect().bottom))));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(inside);
    return () => watch.disconnect();
  }, [loads]);

  const query = images ? { images: '1' as const } : {};
  return (
    <iframe
      ref={frame}
      className={styles.frame}
      title={title}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      src={addressOf(messageHtmlRoute, { params: { messageId }, query })}
      style={{ height }}
      onLoad={() => setLoads((n) => n + 1)}
    />
  );
}
