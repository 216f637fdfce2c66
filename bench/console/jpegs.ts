import type Fs from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunningApp } from '../../e2e/start-app'
import { jpegTile } from './encode'
import { filmPicture, height, tiles, width } from './frames'
import { pictureCount } from './picture-count'

/** Electron makes them: nothing else here can. */
export async function makeJpegs(app: RunningApp, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let at = 0; at < pictureCount; at += 1) {
    const picture = filmPicture(at)
    const bitmap = Buffer.alloc(width * height * 4, 255)
    for (let from = 0, to = 0; from < picture.length; from += 3, to += 4) {
      bitmap[to] = picture[from + 2] ?? 0
      bitmap[to + 1] = picture[from + 1] ?? 0
      bitmap[to + 2] = picture[from] ?? 0
    }
    const file = join(folder, `${at}.bitmap`)
    await writeFile(file, bitmap)
    await app.electron.evaluate(
      ({ nativeImage }, { path, prefix, size, rects }) => {
        const fs = process.mainModule?.require('node:fs') as typeof Fs
        const whole = nativeImage.createFromBitmap(fs.readFileSync(path), size)
        for (const [index, rect] of rects.entries())
          fs.writeFileSync(`${prefix}-${String(index).padStart(3, '0')}.jpg`, whole.crop(rect).toJPEG(85))
      },
      { path: file, prefix: join(folder, String(at)), size: { width, height }, rects: tiles(jpegTile) },
    )
  }
}
