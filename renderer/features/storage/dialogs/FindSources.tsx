import { useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import type { HostId } from '../../../../shared/model/ids'
import type { FoundSource } from '../../../../shared/model/storage/pool'
import type { PoolType } from '../../../../shared/model/storage/pool-types'
import { api } from '../../../api/client'
import { ErrorBox } from '../../../components/ErrorBox'
import { Button } from '../../../ui/Button'
import { SearchIcon } from '../../../ui/icons/general'

interface Props {
  readonly host: HostId
  readonly type: PoolType
  readonly values: Values
  readonly onChoose: (values: Values) => void
}

const texts = {
  host: { ask: 'Find what the host has', nothing: 'The host found none.' },
  server: { ask: 'Ask the server', nothing: 'The server offers none.' },
  devices: { ask: 'Find devices', nothing: 'The host found no device for it.' },
  adapters: { ask: 'Find adapters', nothing: 'The host found no adapter.' },
} as const

/** What the host or a server could give, so that nobody has to know it by heart. */
export function FindSources({ host, type, values, onChoose }: Props) {
  const [found, setFound] = useState<readonly FoundSource[]>()
  const [error, setError] = useState<ErrorData>()
  const [isBusy, setBusy] = useState(false)
  if (type.sources === undefined) return null
  const server = plain(values['server'])
  const { ask, nothing } = texts[type.sources]
  const find = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      const initiator = plain(values['initiator'])
      setFound(
        await api.storage.discover({
          host,
          type: type.id,
          ...(server === '' ? {} : { server }),
          ...(initiator === '' ? {} : { initiator }),
        }),
      )
    } catch (reason) {
      setFound(undefined)
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="find-sources">
      <Button
        icon={SearchIcon}
        isBusy={isBusy}
        disabledReason={type.sources === 'server' && server === '' ? 'Enter the server first' : undefined}
        onPress={() => void find()}
      >
        {ask}
      </Button>
      {error ? <ErrorBox error={error} title="Nothing was found" /> : null}
      {found === undefined ? null : found.length === 0 ? (
        <p className="secondary" role="status">
          {nothing}
        </p>
      ) : (
        <ul className="sources" aria-label="Found">
          {found.map((source) => {
            const isChosen = Object.entries(source.values).every(
              ([field, value]) => JSON.stringify(values[field]) === JSON.stringify(value),
            )
            return (
              <li key={source.label}>
                <button
                  type="button"
                  className="source"
                  aria-pressed={isChosen}
                  onClick={() => onChoose(source.values)}
                >
                  <span className="mono truncate" title={source.label}>
                    {source.label}
                  </span>
                  {source.usedBy === undefined ? null : (
                    <span className="source-used">used by {source.usedBy}</span>
                  )}
                </button>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}
