import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { novncPieces } from './scripts/novnc-pieces.mjs'

// The window's half of the build; scripts/build.mjs sets the root to renderer/ and builds main and preload itself.
export default defineConfig({
  plugins: [react(), novncPieces()],
  // Files are served from app://ui, where only relative addresses are sure to stay inside.
  base: './',
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // The oldest runtime we run on is Electron 25.
    target: 'chrome114',
    cssTarget: 'chrome114',
    // The polyfill is an inline script, which the content security policy forbids; the target has it built in.
    modulePreload: { polyfill: false },
    // Inlined images would be data: addresses repeated in every chunk; files cost nothing from disk.
    assetsInlineLimit: 0,
    sourcemap: true,
    // Read from disk, not from a network: one big vendor chunk is no reason to warn.
    chunkSizeWarningLimit: 2000,
  },
})
