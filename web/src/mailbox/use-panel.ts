import { useState } from 'react';
import { useMay } from '../data/queries.ts';
import { useFrame } from '../ui/use-width.ts';

const PANEL = 'madoguchi.panel';

/**
 * The customer's panel: a column of its own where there is room, remembered; a drawer elsewhere. It never
 * shows for who may not see customers.
 */
export function usePanel() {
  const wide = useFrame() === 'wide';
  const [open, setOpen] = useState(() => localStorage.getItem(PANEL) !== 'closed');
  const may = useMay()('customer.see');
  const [drawer, setDrawer] = useState(false);
  const toggle = () => {
    if (!wide) return setDrawer(!drawer);
    localStorage.setItem(PANEL, open ? 'closed' : 'open');
    setOpen(!open);
  };
  return { shown: may && (wide ? open : drawer), wide, toggle };
}

export type Panel = ReturnType<typeof usePanel>;
