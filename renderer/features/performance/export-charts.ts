import { csvLine } from '../../../shared/csv'
import { errorData } from '../../../shared/errors'
import { api } from '../../api/client'
import { showToast } from '../../stores/toasts'
import { latest, type Chart } from './chart'
import { colourOf } from './ChartPlot'
import { exactTime, type Span } from './time-view'

/** A line for each time, a column for each line of each chart; what is not known is left empty. */
export function csvOf(charts: readonly Chart[]): string {
  const columns = charts.flatMap(({ title, unit, labels }) =>
    labels.map((label) => `${title}: ${label} (${unit.name})`),
  )
  const rows = new Map<number, (number | undefined)[]>()
  let at = 0
  for (const { points, labels } of charts) {
    for (const { atMs, values } of points) {
      const row = rows.get(atMs) ?? []
      for (const [index, value] of values.entries()) row[at + index] = value
      rows.set(atMs, row)
    }
    at += labels.length
  }
  const lines = [...rows]
    .filter(([, row]) => row.some((value) => value !== undefined))
    .toSorted(([one], [other]) => one - other)
    .map(([atMs, row]) => csvLine([new Date(atMs).toISOString(), ...columns.map((_, index) => row[index])]))
  return csvLine(['Time', ...columns]) + lines.join('')
}

export async function saveCsv(name: string, charts: readonly Chart[]): Promise<void> {
  await save(`${name}.csv`, 'Save the values as', async () => new TextEncoder().encode(csvOf(charts)))
}

/** The charts as they are drawn in this element, under one another. */
export async function savePng(
  name: string,
  within: HTMLElement,
  charts: readonly Chart[],
  span: Span,
): Promise<void> {
  await save(`${name}.png`, 'Save the charts as', () => pictureOf(name, within, charts, span))
}

async function save(
  name: string,
  title: string,
  make: () => Promise<Uint8Array<ArrayBuffer>>,
): Promise<void> {
  try {
    const file = await api.files.chooseLocal({ kind: 'save', title, name })
    if (!file) return
    await api.files.write({ file: file.id, content: await make() })
    showToast({ tone: 'success', title: `${file.name} was saved` })
  } catch (error) {
    showToast({ tone: 'error', title: 'The file was not saved', error: errorData(error) })
  }
}

const headPx = 48
const titlePx = 26
const gapPx = 14
const marginPx = 20
/** Pictures are for reports as well: two pixels for one of the screen. */
const scale = 2

async function pictureOf(
  name: string,
  within: HTMLElement,
  charts: readonly Chart[],
  span: Span,
): Promise<Uint8Array<ArrayBuffer>> {
  const drawn = charts.flatMap((chart) => {
    const svg = within.querySelector(`[data-chart="${chart.id}"] svg.recharts-surface`)
    return svg instanceof SVGSVGElement ? [{ chart, svg, box: svg.getBoundingClientRect() }] : []
  })
  const style = getComputedStyle(within)
  const widthPx = Math.max(320, ...drawn.map(({ box }) => box.width)) + 2 * marginPx
  const heightPx = drawn.reduce((sum, { box }) => sum + titlePx + box.height + gapPx, headPx)
  const canvas = document.createElement('canvas')
  canvas.width = widthPx * scale
  canvas.height = heightPx * scale
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.scale(scale, scale)
  context.fillStyle = style.getPropertyValue('--bg')
  context.fillRect(0, 0, widthPx, heightPx)
  context.textBaseline = 'middle'
  const text = (words: string, xPx: number, yPx: number, colour: string, font = '12px'): number => {
    context.font = `${font} ${style.fontFamily}`
    context.fillStyle = resolved(style, colour)
    context.fillText(words, xPx, yPx)
    return context.measureText(words).width
  }
  text(name, marginPx, 18, 'var(--text)', '600 15px')
  text(`${exactTime(span.fromMs)} to ${exactTime(span.toMs)}`, marginPx, 36, 'var(--text-2)')
  let yPx = headPx
  for (const { chart, svg, box } of drawn) {
    let xPx = marginPx + text(chart.title, marginPx, yPx + titlePx / 2, 'var(--text)', '600 13px') + 16
    const values = latest(chart)?.values
    for (const [index, label] of chart.labels.entries()) {
      const value = values?.[index]
      const words = value === undefined ? label : `${label} ${chart.unit.format(value)}`
      xPx += text(words, xPx, yPx + titlePx / 2, colourOf(index)) + 14
    }
    yPx += titlePx
    context.drawImage(await imageOf(svg, style), marginPx, yPx, box.width, box.height)
    yPx += box.height + gapPx
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('no picture')
  return new Uint8Array(await blob.arrayBuffer())
}

/** Out of the page its colours have no names, and its text no font. */
async function imageOf(svg: SVGSVGElement, style: CSSStyleDeclaration): Promise<HTMLImageElement> {
  const { width, height } = svg.getBoundingClientRect()
  const copy = svg.cloneNode(true) as SVGSVGElement
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(width * scale))
  copy.setAttribute('height', String(height * scale))
  if (!copy.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${width} ${height}`)
  copy.style.fontFamily = style.fontFamily
  for (const element of copy.querySelectorAll('*')) {
    for (const name of ['fill', 'stroke'] as const) {
      const colour = element.getAttribute(name)
      if (colour?.startsWith('var(')) element.setAttribute(name, resolved(style, colour))
    }
  }
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
  await image.decode()
  return image
}

/** "var(--green)" as the colour it is now. */
function resolved(style: CSSStyleDeclaration, colour: string): string {
  const [, name] = /^var\((--[\w-]+)\)$/.exec(colour) ?? []
  return name === undefined ? colour : style.getPropertyValue(name).trim()
}
