// @ts-check
// noVNC's own screen and its decoders of what the servers of VMs send are replaced by ours, which draw several times as fast
// (renderer/features/console/picture). noVNC has no place to hand them in, so its imports are led to them when the window is built.
import { join } from 'node:path'
import { root } from './processes.mjs'

/** Of noVNC's core folder, and whose work it becomes. */
const pieces = new Map([
  ['display.js', { file: 'screen-picture.ts', name: 'ScreenPicture' }],
  ['decoders/raw.js', { file: 'raw.ts', name: 'RawDecoder' }],
  ['decoders/tight.js', { file: 'tight.ts', name: 'TightDecoder' }],
  ['decoders/zrle.js', { file: 'zrle.ts', name: 'ZrleDecoder' }],
])

const core = /[\\/]@novnc[\\/]novnc[\\/]core[\\/]/
const mark = '\0novnc-piece:'

/** @returns {import('vite').Plugin} */
export function novncPieces() {
  /** @type {Set<string>} */
  const found = new Set()
  let isUsed = false
  return {
    name: 'novnc-pieces',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!importer || !core.test(importer)) return null
      isUsed = true
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
      const piece = resolved?.id.split(core)[1]?.replaceAll('\\', '/')
      if (piece === undefined || !pieces.has(piece)) return null
      found.add(piece)
      return mark + piece
    },
    load(id) {
      const piece = id.startsWith(mark) ? pieces.get(id.slice(mark.length)) : undefined
      if (!piece) return null
      const path = join(root, 'renderer', 'features', 'console', 'picture', piece.file)
      return `export { ${piece.name} as default } from ${JSON.stringify(path)}`
    },
    buildEnd(error) {
      // another version of noVNC may have moved them: then the window would be slow, and nobody would know why
      const missing = [...pieces.keys()].filter((piece) => !found.has(piece))
      if (!error && isUsed && missing.length > 0) this.error(`noVNC does not import ${missing.join(', ')}`)
    },
  }
}
