import type { Locator } from '@playwright/test'

/** Share of pixels that are not black: text on a console screen is a few per cent. A canvas without a picture has none. */
export function litShare(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement
    if (width === 0 || height === 0) return 0
    const { data } = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height) ?? {
      data: [],
    }
    let lit = 0
    for (let at = 0; at < data.length; at += 4) {
      if ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0) > 96) lit += 1
    }
    return data.length === 0 ? 0 : (lit * 4) / data.length
  })
}

/** What the guest's screen in a console tab shows, read from its pixels. */
export class Screen {
  readonly canvas: Locator

  constructor(console: Locator) {
    // noVNC's own canvas; the other one keeps the last frame while there is no connection
    this.canvas = console.locator('.console-target canvas')
  }

  litShare(): Promise<number> {
    return litShare(this.canvas)
  }

  /** In pixels: a guest that prints text has the firmware's 720 by 400, one that draws has more. */
  size(): Promise<{ readonly width: number; readonly height: number }> {
    return this.canvas.evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement
      return { width, height }
    })
  }

  /** Share of pixels of this colour, give or take what a console's encoding loses. */
  shareOf(red: number, green: number, blue: number): Promise<number> {
    return this.canvas.evaluate(
      (element, wanted) => {
        const canvas = element as HTMLCanvasElement
        const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
        let found = 0
        for (let at = 0; at < data.length; at += 4) {
          if (wanted.every((value, channel) => Math.abs((data[at + channel] ?? 0) - value) <= 8)) found += 1
        }
        return data.length === 0 ? 0 : (found * 4) / data.length
      },
      [red, green, blue],
    )
  }

  /** One number that differs whenever any pixel does (FNV-1a). */
  hash(): Promise<number> {
    return this.canvas.evaluate((element) => {
      const canvas = element as HTMLCanvasElement
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      }
      let hash = 0x811c9dc5
      for (const byte of data) hash = Math.imul(hash ^ byte, 0x01000193)
      return hash >>> 0
    })
  }

  /** Distinct pictures among that many animation frames. */
  async picturesIn(frames: number): Promise<number> {
    const seen = new Set<number>()
    for (let frame = 0; frame < frames; frame += 1) {
      seen.add(await this.hash())
      await this.canvas.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    }
    return seen.size
  }

  /** Share of pixels equal to another picture of the same screen (PNG), for instance one the hypervisor took. */
  equalShare(png: Buffer): Promise<number> {
    return this.canvas.evaluate(async (element, base64) => {
      const canvas = element as HTMLCanvasElement
      const image = new Image()
      image.src = `data:image/png;base64,${base64}`
      await image.decode()
      if (image.naturalWidth !== canvas.width || image.naturalHeight !== canvas.height) return 0
      const other = document.createElement('canvas')
      other.width = canvas.width
      other.height = canvas.height
      const context = other.getContext('2d')
      context?.drawImage(image, 0, 0)
      const ours = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      const theirs = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      let equal = 0
      for (let at = 0; at < ours.length; at += 4) {
        const difference = [0, 1, 2].map((channel) =>
          Math.abs((ours[at + channel] ?? 0) - (theirs[at + channel] ?? 0)),
        )
        if (Math.max(...difference) <= 8) equal += 1
      }
      return ours.length === 0 ? 0 : (equal * 4) / ours.length
    }, png.toString('base64'))
  }
}
