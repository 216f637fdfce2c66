import { useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import type { HostId } from '../../../../shared/model/ids'
import type { Pool } from '../../../../shared/model/storage/pool'
import { volume, volumeDefaults } from '../../../../shared/model/storage/volume-kind'
import { volumeProblems } from '../../../../shared/model/storage/volume-rules'
import { formatBytes } from '../../../../shared/units'
import { api } from '../../../api/client'
import { useAnswer } from '../../../api/use-answer'
import { ErrorBox } from '../../../components/ErrorBox'
import { formProblems } from '../../../form/plain-scope'
import { SimpleForm } from '../../../form/SimpleForm'
import { closeDialog } from '../../../stores/dialogs'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { PlusIcon } from '../../../ui/icons/general'
import { Tabs } from '../../../ui/Tabs'
import { usePool } from '../pools'
import { sentValues } from './sent-values'
import { useBriefTask } from '../../../stores/use-brief-task'
import { VolumeXml, type VolumeDraft } from './VolumeXml'

interface Props {
  readonly host: HostId
  readonly pool: string
  readonly base: { readonly path: string; readonly format?: string } | undefined
}

/** Room for most guests, and the unit that is usually meant. */
const usualBytes = 20 * 1024 ** 3

export function CreateVolumeDialog(props: Props) {
  const pool = usePool(props.host, props.pool)
  return pool ? <CreateVolume {...props} pool={pool} /> : null
}

function CreateVolume({ host, pool, base }: Omit<Props, 'pool'> & { readonly pool: Pool }) {
  const [values, setValues] = useState<Values>(() => ({
    ...volumeDefaults(pool.type),
    // with a base it is as large as that
    ...(base === undefined ? { capacityBytes: usualBytes } : { backingPath: base.path }),
    ...(base?.format === undefined ? {} : { backingFormat: base.format }),
  }))
  const [page, setPage] = useState<'form' | 'xml'>('form')
  const [draft, setDraft] = useState<VolumeDraft>()
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  // so that a name that is taken is told while it is typed
  const names = useAnswer(`names ${host} ${pool.name}`, () =>
    api.storage.volumeNames({ host, pool: pool.name }),
  )
  const run = useBriefTask()
  const problems = volumeProblems(values, {
    ...(names.value ? { names: new Set(names.value.volumes.map(({ name }) => name)) } : {}),
    ...(pool.availableBytes === undefined ? {} : { availableBytes: pool.availableBytes }),
  })
  const change = (next: Values): void => {
    const path = next['backingPath']
    if (path === values['backingPath']) {
      setValues(next)
      return
    }
    // another base, another format; that of the pool's own volumes the host knows
    const { backingFormat: _, ...rest } = next
    setValues(rest)
    const chosen = names.value?.volumes.find(({ key }) => key === path)
    if (!chosen) return
    void api.storage.volumeDetails({ host, pool: pool.name, names: [chosen.name] }).then(
      ({ volumes: [found] }) =>
        setValues((before) =>
          found?.format === undefined ||
          before['backingPath'] !== path ||
          before['backingFormat'] !== undefined
            ? before
            : { ...before, backingFormat: found.format },
        ),
      // then it is asked for in the form
      () => undefined,
    )
  }
  const from = draft?.from.trim() ?? ''
  const fromError =
    from === '' ||
    !names.value ||
    names.value.isTruncated ||
    names.value.volumes.some(({ name }) => name === from)
      ? undefined
      : 'This pool has no volume of this name'
  /** Either the text, once it was changed, or the form. */
  const isReady = (): boolean => {
    if (draft) return fromError === undefined
    setTried(true)
    if (formProblems(volume, values, problems).length === 0) return true
    setPage('form')
    return false
  }
  const create = async (): Promise<void> => {
    setError(undefined)
    if (isBusy || !isReady()) return
    setBusy(true)
    try {
      await run(() =>
        draft
          ? api.storage.createVolumeFromXml({
              host,
              pool: pool.name,
              xml: draft.xml,
              options: {
                writesTables: draft.writesTables && from === '',
                ...(from === '' ? {} : { from }),
              },
            })
          : api.storage.createVolume({ host, pool: pool.name, values: sentValues(values) }),
      )
      closeDialog()
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`New volume in ${pool.name}`}
      icon={PlusIcon}
      width={680}
      onClose={closeDialog}
      // Enter in the text begins a line
      {...(page === 'form' ? { onSubmit: () => void create() } : {})}
      footer={
        <>
          {pool.availableBytes === undefined ? null : (
            <span className="push secondary">{formatBytes(pool.availableBytes)} free in the pool</span>
          )}
          <Button onPress={closeDialog}>Cancel</Button>
          <Button
            {...(page === 'form' ? { type: 'submit' } : { onPress: () => void create() })}
            variant="primary"
            isBusy={isBusy}
          >
            Create
          </Button>
        </>
      }
    >
      <div className="volume-new">
        <Tabs<'form' | 'xml'>
          label="Pages of the new volume"
          selected={page}
          onSelect={setPage}
          tabs={[
            {
              id: 'form',
              label: 'Settings',
              content: (
                <div className="volume-new-form">
                  <SimpleForm
                    host={host}
                    kind={volume}
                    values={values}
                    onChange={change}
                    problems={problems}
                    isTried={isTried}
                    {...(draft
                      ? {
                          disabledReason: 'The XML was changed; create it from there or take that back first',
                        }
                      : {})}
                  />
                </div>
              ),
            },
            {
              id: 'xml',
              label: 'XML',
              content: (
                <VolumeXml
                  host={host}
                  pool={pool.name}
                  values={values}
                  draft={draft}
                  onChange={setDraft}
                  fromError={fromError}
                />
              ),
              mark: draft ? 'Changed' : undefined,
            },
          ]}
        />
      </div>
      {error ? (
        <ErrorBox
          error={error}
          title={draft ? 'The volume was not created' : `${plain(values['name']) || 'It'} was not created`}
        />
      ) : null}
    </Dialog>
  )
}
