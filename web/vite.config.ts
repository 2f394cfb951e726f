import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server replaces this word, once per page it serves, by the nonce of that page's policy. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

export default defineConfig({
  base: '/',
  plugins: [react()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // light-dark() of tokens.css is understood from these versions on; older ones would need every colour twice.
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // A data: address would be refused by the page's policy for scripts and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
});
