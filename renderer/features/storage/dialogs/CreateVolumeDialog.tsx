import { useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import type { HostId } from '../../../../shared/model/ids'
import type { Pool } from '../../../../shared/model/storage/pool'
import { volume, volumeDefaults } from '../../../../shared/model/storage/volume-kind'
import { volumeProblems } from '../../../../shared/model/storage/volume-rules'
import { formatBytes } from '../../../../shared/units'
import { api } from '../../../api/client'
import { ErrorBox } from '../../../components/ErrorBox'
import { formProblems } from '../../../form/plain-scope'
import { SimpleForm } from '../../../form/SimpleForm'
import { closeDialog } from '../../../stores/dialogs'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { PlusIcon } from '../../../ui/icons/general'
import { usePool } from '../pools'
import { sentValues } from './sent-values'
import { useAnswer } from './use-answer'
import { useBriefTask } from './use-brief-task'

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
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  // so that a name that is taken is told while it is typed
  const names = useAnswer(() => api.storage.volumeNames({ host, pool: pool.name }))
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
  const create = async (): Promise<void> => {
    setTried(true)
    setError(undefined)
    if (isBusy || formProblems(volume, values, problems).length > 0) return
    setBusy(true)
    try {
      await run(() => api.storage.createVolume({ host, pool: pool.name, values: sentValues(values) }))
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
      width={620}
      onClose={closeDialog}
      onSubmit={() => void create()}
      footer={
        <>
          {pool.availableBytes === undefined ? null : (
            <span className="push secondary">{formatBytes(pool.availableBytes)} free in the pool</span>
          )}
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Create
          </Button>
        </>
      }
    >
      <SimpleForm
        host={host}
        kind={volume}
        values={values}
        onChange={change}
        problems={problems}
        isTried={isTried}
      />
      {error ? <ErrorBox error={error} title={`${plain(values['name']) || 'It'} was not created`} /> : null}
    </Dialog>
  )
}
