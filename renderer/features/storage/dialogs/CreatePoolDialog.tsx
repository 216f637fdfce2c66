import { useRef, useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import type { HostId } from '../../../../shared/model/ids'
import type { CreatePoolInput } from '../../../../shared/model/storage/pool'
import { poolTypeOf } from '../../../../shared/model/storage/pool-types'
import { newPool, shownValues, withUsual } from '../../../../shared/model/storage/pool-values'
import { api } from '../../../api/client'
import { ErrorBox } from '../../../components/ErrorBox'
import { formProblems } from '../../../form/plain-scope'
import { SimpleForm } from '../../../form/SimpleForm'
import { closeDialog } from '../../../stores/dialogs'
import { Button } from '../../../ui/Button'
import { Checkbox } from '../../../ui/Checkbox'
import { Dialog } from '../../../ui/Dialog'
import { PlusIcon } from '../../../ui/icons/general'
import { choosePool, loadPools, usePoolList } from '../pools'
import { BuildChoice } from './BuildChoice'
import { FindSources } from './FindSources'
import { PoolPreviewPage } from './PoolPreviewPage'
import { asXml, PoolTypes } from './PoolTypes'
import { PoolXml, poolSketch } from './PoolXml'
import { sentValues } from './sent-values'
import { useBriefTask } from '../../../stores/use-brief-task'
import { only, poolForm, usePoolForm, without } from './use-pool-form'

interface Props {
  readonly host: HostId
  readonly initial: Values | undefined
}

type Build = CreatePoolInput['build']

/** Which kind of storage, where it is, and what the host shall do about it. */
export function CreatePoolDialog({ host, initial }: Props) {
  const pools = usePoolList(host).items ?? []
  const [build, setBuild] = useState<Build>()
  const [start, setStart] = useState(true)
  const [autostart, setAutostart] = useState(true)
  const [isPreview, setPreview] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const run = useBriefTask()
  const [typeId, setTypeId] = useState(plain(initial?.['type']) || 'dir')
  const [xml, setXml] = useState(poolSketch)
  const isXml = typeId === asXml
  const type = poolTypeOf(typeId)
  const settings = useRef<HTMLDivElement>(null)
  const wantedBuild: Build = build ?? (type?.build?.isUsual ? 'build' : 'no')
  const form = usePoolForm(initial ?? newPool(), {
    names: pools.map(({ name }) => name),
    build: wantedBuild,
  })
  const { values, problems, isTried } = form
  const isReady = (): boolean => {
    form.setTried(true)
    if (isXml || formProblems(poolForm, values, problems).length === 0) return true
    // what is missing may have been scrolled out of view
    requestAnimationFrame(() =>
      settings.current?.querySelector('[data-invalid]')?.scrollIntoView({ block: 'center' }),
    )
    return false
  }
  const chooseType = (next: string): void => {
    setTypeId(next)
    setBuild(undefined)
    setError(undefined)
    if (next === asXml) return
    // what both kinds have stays as it was typed; a path that followed the old kind does not
    const kept = shownValues({ ...values, type: next })
    const { path: _, ...rest } = kept
    form.replace(withUsual(rest))
  }
  const create = async (): Promise<void> => {
    if (isBusy || !isReady()) return
    setBusy(true)
    setError(undefined)
    try {
      await run(() =>
        api.storage.createPool({
          host,
          ...(isXml ? { xml } : { values: sentValues(values) }),
          build: wantedBuild,
          start,
          autostart,
        }),
      )
      if (!isXml) choosePool(host, plain(values['name']))
      void loadPools(host)
      closeDialog()
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  const lead = type?.sources === 'server' ? ['name', 'server'] : ['name']
  const parts = { host, values, onChange: form.set, isTried }
  return (
    <Dialog
      title="New pool"
      icon={PlusIcon}
      width={980}
      onClose={closeDialog}
      // Enter in a text begins a line
      {...(isXml ? {} : { onSubmit: () => void create() })}
      footer={
        <>
          {isXml ? (
            <span className="push" />
          ) : isPreview ? (
            <Button className="push" onPress={() => setPreview(false)}>
              Back to the settings
            </Button>
          ) : (
            <Button className="push" onPress={() => isReady() && setPreview(true)}>
              Preview
            </Button>
          )}
          <Button onPress={closeDialog}>Cancel</Button>
          <Button
            {...(isXml ? { onPress: () => void create() } : { type: 'submit' })}
            variant={wantedBuild === 'overwrite' ? 'danger' : 'primary'}
            isBusy={isBusy}
          >
            {wantedBuild === 'overwrite' ? 'Overwrite and create' : 'Create'}
          </Button>
        </>
      }
    >
      {isPreview ? (
        <PoolPreviewPage
          host={host}
          values={values}
          build={wantedBuild}
          start={start}
          autostart={autostart}
        />
      ) : (
        <div className="pool-new">
          <PoolTypes value={typeId} onChange={chooseType} />
          <div ref={settings} className="pool-new-form">
            {isXml ? (
              <PoolXml value={xml} onChange={setXml} />
            ) : (
              <>
                <SimpleForm
                  key={`${typeId} lead`}
                  {...parts}
                  kind={only(poolForm, lead)}
                  problems={problems}
                />
                {type ? (
                  <FindSources
                    key={`${typeId} sources`}
                    host={host}
                    type={type}
                    values={values}
                    onChoose={(found) => form.set({ ...values, ...found })}
                  />
                ) : null}
                <SimpleForm
                  key={`${typeId} rest`}
                  {...parts}
                  kind={without(poolForm, ['type', ...lead])}
                  problems={problems.filter(({ field }) => field !== undefined)}
                />
              </>
            )}
            {type?.caution === undefined ? null : <p className="pool-caution">{type.caution}</p>}
            {type?.build ? <BuildChoice build={type.build} value={wantedBuild} onChange={setBuild} /> : null}
            <div className="pool-new-flags">
              <Checkbox isSelected={start} onChange={setStart}>
                Start it now
              </Checkbox>
              <Checkbox isSelected={autostart} onChange={setAutostart}>
                Start it with the host
              </Checkbox>
            </div>
            {error ? <ErrorBox error={error} title="The pool was not created" /> : null}
          </div>
        </div>
      )}
      {isPreview && error ? <ErrorBox error={error} title="The pool was not created" /> : null}
    </Dialog>
  )
}
