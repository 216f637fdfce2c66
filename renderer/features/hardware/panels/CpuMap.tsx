import { memo, useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { classNames } from '../../../ui/class-names'
import { socketsOf, type HostNode } from './host-map'

interface Props {
  readonly nodes: readonly HostNode[]
  /** What it is that is placed: "vCPU 3". */
  readonly label: string
  readonly chosen: ReadonlySet<number>
  /** Who else is on a CPU, by its number. */
  readonly others: ReadonlyMap<number, readonly string[]>
  readonly isDisabled: boolean
  readonly onChange: (cpus: readonly number[], isOn: boolean) => void
}

/** More than this are drawn smaller. */
const maxRoomyCpus = 96

/** The host's CPUs: a click puts one in or out, dragging does it to many, and so do arrow keys and Space. */
export function CpuMap({ nodes, label, chosen, others, isDisabled, onChange }: Props) {
  const root = useRef<HTMLDivElement>(null)
  const [stroke, setStroke] = useState<{ readonly isOn: boolean; readonly cpus: readonly number[] }>()
  const last = useRef<Point>({ x: 0, y: 0 })
  const [cursor, setCursor] = useState<number>()
  const isDense = nodes.reduce((sum, { cpus }) => sum + cpus.length, 0) > maxRoomyCpus
  const first = nodes[0]?.cores[0]?.cpus[0]
  const current = cursor !== undefined && nodes.some(({ cpus }) => cpus.includes(cursor)) ? cursor : first

  // the button may be let go anywhere
  useEffect(() => {
    if (!stroke) return
    const end = (): void => {
      setStroke(undefined)
      onChange(stroke.cpus, stroke.isOn)
    }
    window.addEventListener('mouseup', end)
    return () => window.removeEventListener('mouseup', end)
  }, [stroke, onChange])

  const begin = (event: MouseEvent): void => {
    const cpu = cpuAt(event.target)
    if (cpu === undefined || isDisabled || event.button !== 0) return
    setCursor(cpu)
    last.current = { x: event.clientX, y: event.clientY }
    setStroke({ isOn: !chosen.has(cpu), cpus: [cpu] })
  }
  const goOn = (event: MouseEvent): void => {
    if (!stroke) return
    const passed = [...cpusBetween(last.current, event), cpuAt(event.target)]
    last.current = { x: event.clientX, y: event.clientY }
    setStroke((before) => {
      const cpus = new Set(before?.cpus)
      for (const cpu of passed) if (cpu !== undefined) cpus.add(cpu)
      return before && cpus.size > before.cpus.length ? { ...before, cpus: [...cpus] } : before
    })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const cpu = cpuAt(event.target)
    const to = root.current && cpu !== undefined ? neighbour(root.current, cpu, event.key) : undefined
    if (!to) return
    event.preventDefault()
    setCursor(cpuAt(to))
    to.focus()
  }
  const isOn = (cpu: number): boolean => (stroke?.cpus.includes(cpu) ? stroke.isOn : chosen.has(cpu))
  return (
    // the CPUs themselves are the controls; what reaches them is handled once here
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={root}
      className={classNames('pin-map', isDense && 'pin-map-dense')}
      role="group"
      aria-label={`Host CPUs for ${label}`}
      onMouseDown={begin}
      onMouseMove={goOn}
      onKeyDown={onKeyDown}
    >
      {nodes.map((node) => {
        const areAllOn = node.cpus.every(isOn)
        return (
          <section key={node.id} className="pin-node" aria-label={`Node ${node.id}`}>
            <header className="pin-node-head">
              <button
                type="button"
                className="pin-node-button"
                aria-pressed={areAllOn}
                disabled={isDisabled}
                onClick={() => onChange(node.cpus, !areAllOn)}
              >
                Node {node.id}
              </button>
              <span>{aboutNode(node)}</span>
            </header>
            <div className="pin-cores">
              {node.cores.map(({ cpus }) => (
                <span
                  key={cpus.join(' ')}
                  className={classNames('pin-core', cpus.length > 1 && 'pin-core-wide')}
                >
                  {cpus.map((cpu) => (
                    <Cpu
                      key={cpu}
                      cpu={cpu}
                      isOn={isOn(cpu)}
                      others={others.get(cpu)?.join(', ') ?? ''}
                      isTabStop={cpu === current}
                      isDisabled={isDisabled}
                      onPress={onChange}
                    />
                  ))}
                </span>
              ))}
            </div>
          </section>
        )
      })}
    </div>
  )
}

interface CpuProps {
  readonly cpu: number
  readonly isOn: boolean
  readonly others: string
  readonly isTabStop: boolean
  readonly isDisabled: boolean
  readonly onPress: Props['onChange']
}

/** Drawn hundreds of times, so only when something about it changed. */
const Cpu = memo(function Cpu({ cpu, isOn, others, isTabStop, isDisabled, onPress }: CpuProps) {
  const about = others === '' ? '' : `, also ${others}`
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={isOn}
      aria-label={`CPU ${cpu}${about}`}
      title={`CPU ${cpu}${about}`}
      data-cpu={cpu}
      className={classNames('pin-cpu', isOn && 'pin-cpu-on', others !== '' && 'pin-cpu-shared')}
      tabIndex={isTabStop ? 0 : -1}
      disabled={isDisabled}
      onClick={(event) => {
        // a mouse has done its work with down and up; this is Space, Enter or a screen reader
        if (event.detail === 0) onPress([cpu], !isOn)
      }}
    >
      {cpu}
    </button>
  )
})

function cpuAt(target: EventTarget | null): number | undefined {
  const text =
    target instanceof Element ? target.closest<HTMLElement>('[data-cpu]')?.dataset['cpu'] : undefined
  return text === undefined ? undefined : Number(text)
}

interface Point {
  readonly x: number
  readonly y: number
}

/** A quick mouse tells only some of the places on its way. */
function cpusBetween(from: Point, { clientX, clientY }: MouseEvent): (number | undefined)[] {
  const steps = Math.min(200, Math.floor(Math.hypot(clientX - from.x, clientY - from.y) / 6))
  return Array.from({ length: steps }, (_, at) => {
    const share = (at + 1) / (steps + 1)
    return cpuAt(
      document.elementFromPoint(from.x + (clientX - from.x) * share, from.y + (clientY - from.y) * share),
    )
  })
}

function aboutNode(node: HostNode): string {
  const sockets = socketsOf(node)
  const socket = sockets.length === 0 ? '' : `socket ${sockets.join(', ')} · `
  const cores = node.cores.length
  return `${socket}${cores} core${cores === 1 ? '' : 's'}, ${node.cpus.length} threads`
}

/** Where an arrow key leads from a CPU, as they are drawn. */
function neighbour(root: HTMLElement, cpu: number, key: string): HTMLElement | undefined {
  const all = [...root.querySelectorAll<HTMLElement>('[data-cpu]')]
  const at = all.findIndex((one) => one.dataset['cpu'] === String(cpu))
  const from = all[at]
  if (!from) return undefined
  if (key === 'ArrowLeft') return all[at - 1]
  if (key === 'ArrowRight') return all[at + 1]
  if (key === 'Home') return all[0]
  if (key === 'End') return all.at(-1)
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined
  const place = from.getBoundingClientRect()
  const isBeyond = (one: HTMLElement): boolean => {
    const { top } = one.getBoundingClientRect()
    return key === 'ArrowUp' ? top < place.top - 1 : top > place.top + 1
  }
  const beyond = all.filter(isBeyond)
  const line = (key === 'ArrowUp' ? beyond.at(-1) : beyond[0])?.getBoundingClientRect().top
  const inLine = beyond.filter((one) => Math.abs(one.getBoundingClientRect().top - (line ?? 0)) < 2)
  const away = (one: HTMLElement): number => Math.abs(one.getBoundingClientRect().left - place.left)
  return inLine.toSorted((a, b) => away(a) - away(b))[0]
}
