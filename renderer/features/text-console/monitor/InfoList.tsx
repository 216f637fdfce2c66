import { useState } from 'react'
import { SearchField } from '../../../ui/SearchField'
import type { MonitorWord } from './monitor-help'

interface Props {
  readonly infos: readonly MonitorWord[]
  readonly onShow: (name: string) => void
}

/** All that QEMU tells of itself: a click asks for it. */
export function InfoList({ infos, onShow }: Props) {
  const [wanted, setWanted] = useState('')
  const text = wanted.trim().toLowerCase()
  const shown = infos.filter(({ word, meaning }) => `${word} ${meaning}`.toLowerCase().includes(text))
  return (
    <nav className="monitor-infos" aria-label="Information">
      <SearchField
        label="Find information"
        placeholder="Find information"
        value={wanted}
        onChange={setWanted}
        onLeave={() => {
          const [first] = shown
          if (first) onShow(first.word)
        }}
      />
      <ul>
        {shown.map(({ word, parameters, meaning }) => (
          <li key={word}>
            <button
              type="button"
              className="monitor-info"
              title={parameters === '' ? meaning : `info ${word} ${parameters}: ${meaning}`}
              onClick={() => onShow(word)}
            >
              <span className="mono">{word}</span>
              <span className="monitor-info-meaning truncate">{meaning}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
