import { useRef, type KeyboardEvent } from 'react'
import { walkOptions } from '../../../form/walk-options'
import { capital } from '../../../../shared/words'

interface Props {
  /** What is stored, what it is called, what it means. */
  readonly modes: readonly (readonly [id: string, label: string, note: string])[]
  readonly selected: string
  readonly onChoose: (mode: string) => void
}

/** By what a network reaches the outside: both styles, the host's own LAN or a network of its own. */
const groups: readonly { readonly title: string; readonly modes: readonly string[] }[] = [
  { title: 'A network of its own', modes: ['nat', 'route', 'open', 'isolated'] },
  { title: 'In the LAN of the host', modes: ['bridge', 'openvswitch', 'macvtap', 'hostdev'] },
]

/** The kinds of network with what each means, to be walked through by arrow keys. */
export function ModeList({ modes, selected, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent): void => {
    const option = walkOptions(event, list.current)
    const mode = option?.dataset['mode']
    if (mode !== undefined) onChoose(mode)
  }
  return (
    <div
      ref={list}
      className="net-modes"
      role="listbox"
      aria-label="Kind of network"
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {groups.map(({ title, modes: wanted }) => (
        <div key={title} role="group" aria-label={title}>
          <div className="net-list-section" aria-hidden="true">
            {title}
          </div>
          {modes
            .filter(([id]) => wanted.includes(id))
            .toSorted(([a], [b]) => wanted.indexOf(a) - wanted.indexOf(b))
            .map(([id, label, note]) => (
              // keys are handled by the list
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={id}
                role="option"
                aria-selected={id === selected}
                tabIndex={id === selected ? 0 : -1}
                data-mode={id}
                className="net-mode"
                onClick={() => onChoose(id)}
              >
                <span className="net-mode-label">{label}</span>
                <span className="net-mode-note">{capital(note)}</span>
              </div>
            ))}
        </div>
      ))}
    </div>
  )
}
