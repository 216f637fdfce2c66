import type { FakeDefinition } from '../model'
import { cellHeight, cellWidth } from './font'
import { Framebuffer } from './framebuffer'
import type { GuestActions, GuestScreen } from './guest-screen'
import { keys, letterOf, Modifiers } from './keysyms'
import { drawText } from './text-screen'

const bootSize = { width: 640, height: 480 }
const desktopSize = { width: 1024, height: 768 }
const bootMs = 3000
const barHeight = 32
const note = { x: 232, y: 180, width: 560, height: 320, padding: 20 }
const noteColumns = Math.floor((note.width - 2 * note.padding) / cellWidth)
const noteRows = Math.floor((note.height - 60) / (cellHeight + 4))

/** An arrow: how far each row is painted. */
const arrow = Array.from({ length: 16 }, (_, row) => Math.floor(row * 0.7))

/**
 * A workstation's desktop: a landscape, a bar with a clock, a notepad that takes what is typed, and a pointer that
 * follows the viewer's. The picture without the pointer is kept, so moving it repaints two small squares only.
 */
export class DesktopGuest implements GuestScreen {
  readonly frame = new Framebuffer(bootSize.width, bootSize.height)
  #underneath: Uint32Array | undefined
  #pointer = { x: desktopSize.width / 2, y: desktopSize.height - 160 }
  #clock = ''
  #text = ''
  #dots = -1
  #isEnding = false
  readonly #modifiers = new Modifiers()

  constructor(
    private readonly definition: FakeDefinition,
    private readonly actions: GuestActions,
  ) {}

  advance(uptimeMs: number, nowMs: number): void {
    if (uptimeMs < bootMs) {
      this.#drawBoot(uptimeMs)
      return
    }
    if (!this.#underneath) {
      this.frame.reset(desktopSize.width, desktopSize.height)
      this.#drawAll()
    }
    const clock = new Date(nowMs).toISOString().slice(11, 19)
    if (clock === this.#clock) return
    this.#clock = clock
    this.#repaint(desktopSize.width - 100, desktopSize.height - barHeight, 100, barHeight, () =>
      this.#drawBar(),
    )
  }

  key(keysym: number, isDown: boolean): void {
    this.#modifiers.see(keysym, isDown)
    if (!isDown || this.#isEnding || !this.#underneath) return
    if (keysym === keys.delete && this.#modifiers.control && this.#modifiers.alt) {
      this.actions.reboot()
      return
    }
    if (this.#modifiers.control) return
    if (keysym === keys.backspace) this.#text = this.#text.slice(0, -1)
    else if (keysym === keys.enter || keysym === keys.keypadEnter) this.#text += '\n'
    else this.#text += letterOf(keysym) ?? ''
    this.#text = this.#text.slice(-noteColumns * noteRows)
    this.#repaint(note.x, note.y, note.width, note.height, () => this.#drawNote())
  }

  pointer(x: number, y: number): void {
    if (!this.#underneath) return
    this.#liftPointer()
    this.#pointer = { x: Math.min(x, desktopSize.width - 1), y: Math.min(y, desktopSize.height - 1) }
    this.#placePointer()
  }

  sayGoodbye(): void {
    this.#isEnding = true
    if (!this.#underneath) return
    this.#repaint(0, 0, desktopSize.width, desktopSize.height, () => {
      this.frame.fill(0, 0, desktopSize.width, desktopSize.height, 0x1b2733)
      drawText(this.frame, 440, 370, 'Shutting down', 0xffffff)
    })
  }

  #drawBoot(uptimeMs: number): void {
    const dots = Math.floor(uptimeMs / 300) % 6
    if (dots === this.#dots) return
    this.#dots = dots
    this.frame.fill(0, 0, bootSize.width, bootSize.height, 0x0b1016)
    drawText(this.frame, 200, 220, `Starting ${this.definition.name.slice(0, 32)}`, 0xd8dee4)
    for (let dot = 0; dot < 6; dot += 1) {
      this.frame.fill(270 + dot * 18, 260, 8, 8, dot === dots ? 0x6cb6ff : 0x26313c)
    }
    this.frame.damage(0, 0, bootSize.width, bootSize.height)
  }

  #drawAll(): void {
    const { width, height } = desktopSize
    this.#repaint(0, 0, width, height, () => {
      for (let y = 0; y < height; y += 1) this.frame.fill(0, y, width, 1, sky(y / height))
      for (const hill of hills) {
        for (let x = 0; x < width; x += 1) {
          const top = Math.round(height * hill.level + hill.height * Math.sin(x / hill.length + hill.phase))
          this.frame.fill(x, top, 1, height - top, hill.rgb)
        }
      }
      this.#drawNote()
      this.#drawBar()
    })
  }

  #drawBar(): void {
    const { width, height } = desktopSize
    this.frame.fill(0, height - barHeight, width, barHeight, 0x16202b)
    this.frame.fill(12, height - barHeight + 8, 16, 16, 0x6cb6ff)
    drawText(this.frame, 40, height - barHeight + 8, this.definition.name.slice(0, 60), 0xd8dee4)
    drawText(this.frame, width - 90, height - barHeight + 8, this.#clock, 0xffffff)
  }

  #drawNote(): void {
    const { x, y, width, height, padding } = note
    this.frame.fill(x, y, width, height, 0xf6f4ee)
    this.frame.fill(x, y, width, 30, 0x2d4257)
    drawText(this.frame, x + padding, y + 7, 'Notes', 0xffffff)
    const lines = this.#text === '' ? ['Type something.'] : wrap(this.#text)
    for (const [row, line] of lines.slice(-noteRows).entries()) {
      drawText(
        this.frame,
        x + padding,
        y + 44 + row * (cellHeight + 4),
        line,
        this.#text === '' ? 0x8d8a80 : 0x22262a,
      )
    }
  }

  /** Draws inside the area as if there were no pointer, remembers that, and puts the pointer back on top. */
  #repaint(x: number, y: number, width: number, height: number, draw: () => void): void {
    const { frame } = this
    const underneath = (this.#underneath ??= new Uint32Array(frame.pixels.length))
    this.#liftPointer()
    draw()
    for (let row = y; row < y + height; row += 1) {
      const at = row * frame.width + x
      underneath.set(frame.pixels.subarray(at, at + width), at)
    }
    this.#placePointer()
    frame.damage(x, y, width, height)
  }

  #liftPointer(): void {
    const { width, height, pixels } = this.frame
    const { x, y } = this.#pointer
    for (let row = y; row < Math.min(height, y + arrow.length); row += 1) {
      const from = row * width + x
      const to = row * width + Math.min(width, x + arrow.length)
      if (this.#underneath) pixels.set(this.#underneath.subarray(from, to), from)
    }
    this.frame.damage(x, y, arrow.length, arrow.length)
  }

  #placePointer(): void {
    const { x, y } = this.#pointer
    for (const [row, lastColumn] of arrow.entries()) {
      for (let column = 0; column <= lastColumn; column += 1) {
        const isEdge = column === 0 || column === lastColumn || row === arrow.length - 1
        this.frame.set(x + column, y + row, isEdge ? 0x101418 : 0xffffff)
      }
    }
    this.frame.damage(x, y, arrow.length, arrow.length)
  }
}

const hills = [
  { level: 0.68, height: 46, length: 170, phase: 0.4, rgb: 0x4f8a8b },
  { level: 0.78, height: 38, length: 120, phase: 2.1, rgb: 0x39706f },
  { level: 0.88, height: 26, length: 90, phase: 4, rgb: 0x285352 },
] as const

function sky(share: number): number {
  const mix = (from: number, to: number): number => Math.round(from + (to - from) * share)
  return (mix(0x5b, 0xf7) << 16) | (mix(0x8f, 0xd9) << 8) | mix(0xc9, 0xb0)
}

function wrap(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const parts: string[] = []
    for (let at = 0; at < Math.max(1, line.length); at += noteColumns)
      parts.push(line.slice(at, at + noteColumns))
    return parts
  })
}
