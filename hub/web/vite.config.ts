import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const hub = 'http://127.0.0.1:5210';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // The hub's content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': hub, '/openapi': hub } },
  test: { include: ['src/**/*.test.ts'] },
});
