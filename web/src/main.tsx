import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/Drawer.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import '@mantine/core/styles/Tooltip.layer.css';
import '@mantine/core/styles/Divider.layer.css';
import './ui/tokens.css';
import './ui/global.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { RefusedError } from './data/client.ts';
import { isNotFound } from './data/fault.ts';
import { startWords } from './locales/index.ts';
import { makeRouter } from './routes.tsx';
import { cssVariables, theme } from './ui/theme.ts';

const FRESH = 5_000;
const KEPT = 5 * 60_000;
const TRIES = 2;

const queries = new QueryClient({
  queryCache: new QueryCache({
    // Who loses the right while he looks keeps nothing of what he saw.
    onError: (error, query) => {
      if (isNotFound(error)) query.setState({ data: undefined });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: FRESH,
      gcTime: KEPT,
      // A refusal will not change by asking again; a lost answer may.
      retry: (count, error) => count < TRIES && !(error instanceof RefusedError && error.status < 500),
    },
  },
});

/** The nonce under which this page may add its styles; the server writes a new one into each page. */
const nonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// A page that the browser kept whole and shows again by the back button never asked who sits here now, or in
// which workspace.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

const colorScheme = localStorageColorSchemeManager({ key: 'madoguchi.theme' });

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no #root');
  await startWords();
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={makeRouter(queries)} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

void start();
