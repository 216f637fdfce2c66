import { lazy, Suspense, useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import type { HostId } from '../../../../shared/model/ids'
import type { PoolView } from '../../../../shared/model/storage/pool'
import { poolTypeOf } from '../../../../shared/model/storage/pool-types'
import { api } from '../../../api/client'
import { useAnswer } from '../../../api/use-answer'
import { ErrorBox } from '../../../components/ErrorBox'
import { formProblems } from '../../../form/plain-scope'
import { SimpleForm } from '../../../form/SimpleForm'
import { closeDialog } from '../../../stores/dialogs'
import { useHost } from '../../../stores/hosts'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { PencilIcon } from '../../../ui/icons/general'
import { Spinner } from '../../../ui/Spinner'
import { Tabs } from '../../../ui/Tabs'
import { isActive } from '../words'
import { Waiting } from './parts'
import { sentValues } from './sent-values'
import { useBriefTask } from '../../../stores/use-brief-task'
import { poolForm, usePoolForm, without } from './use-pool-form'

const XmlEditor = lazy(() =>
  import('../../../ui/xml-editor/XmlEditor').then((module) => ({ default: module.XmlEditor })),
)

interface Props {
  readonly host: HostId
  readonly pool: string
  readonly page: 'form' | 'xml'
}

export function EditPoolDialog({ host, pool, page }: Props) {
  const answer = useAnswer(`pool ${host} ${pool}`, () => api.storage.pool({ host, pool }))
  const { value: view, reload } = answer
  return view ? (
    <EditPool key={view.base} host={host} view={view} first={page} onAgain={reload} />
  ) : (
    <Dialog
      title={`Pool ${pool}`}
      icon={PencilIcon}
      width={760}
      onClose={closeDialog}
      footer={<Button onPress={closeDialog}>Close</Button>}
    >
      <Waiting text="Reading the definition…" answer={answer} failure="The definition could not be read" />
    </Dialog>
  )
}

interface EditProps {
  readonly host: HostId
  readonly view: PoolView
  readonly first: 'form' | 'xml'
  readonly onAgain: () => void
}

/** Either the form or the text is what is sent: whichever was changed. */
function EditPool({ host, view, first, onAgain }: EditProps) {
  const { pool, base } = view
  const status = useHost(host)?.status
  const [page, setPage] = useState(first)
  const [xml, setXml] = useState(view.xml)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const run = useBriefTask()
  const form = usePoolForm(view.values, {})
  const isXmlChanged = xml !== view.xml
  const isFormChanged = JSON.stringify(form.values) !== JSON.stringify(view.values)
  const lockedReason =
    status?.kind === 'connected' && status.info.isReadOnly ? 'This connection is read-only' : undefined
  const save = async (): Promise<void> => {
    if (isBusy || lockedReason !== undefined || (!isXmlChanged && !isFormChanged)) return
    if (!isXmlChanged) {
      form.setTried(true)
      if (formProblems(poolForm, form.values, form.problems).length > 0) return
    }
    setBusy(true)
    setError(undefined)
    try {
      await run(() =>
        api.storage.editPool({
          host,
          pool: pool.name,
          base,
          ...(isXmlChanged ? { xml } : { values: sentValues(form.values) }),
        }),
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
      title={`Pool ${pool.name}`}
      icon={PencilIcon}
      width={760}
      onClose={closeDialog}
      // Enter in the text begins a line
      {...(page === 'form' ? { onSubmit: () => void save() } : {})}
      footer={
        <>
          <span className="push secondary">
            {isActive(pool) ? 'Changes count from the next start of the pool on' : ''}
          </span>
          <Button onPress={closeDialog}>{lockedReason === undefined ? 'Cancel' : 'Close'}</Button>
          {lockedReason === undefined ? (
            <Button
              variant="primary"
              isBusy={isBusy}
              isDisabled={!isXmlChanged && !isFormChanged}
              keepsFocus
              onPress={() => void save()}
            >
              Save
            </Button>
          ) : null}
        </>
      }
    >
      <div className="pool-edit">
        <Tabs<'form' | 'xml'>
          label={`Pages of pool ${pool.name}`}
          selected={page}
          onSelect={setPage}
          tabs={[
            {
              id: 'form',
              label: 'Settings',
              content: poolTypeOf(pool.type) ? (
                <div className="pool-edit-form">
                  <SimpleForm
                    host={host}
                    kind={without(poolForm, ['name', 'type'])}
                    values={form.values}
                    onChange={form.replace}
                    problems={form.problems}
                    isTried={form.isTried}
                    disabledReason={
                      lockedReason ??
                      (isXmlChanged ? 'The text was changed; save or take that back first' : undefined)
                    }
                  />
                </div>
              ) : (
                <p className="secondary">
                  Innkeeper has no form for pools of the type {pool.type}. Its XML can be edited.
                </p>
              ),
              mark: isFormChanged ? 'Changed' : undefined,
            },
            {
              id: 'xml',
              label: 'XML',
              content: (
                <Suspense fallback={<Spinner />}>
                  <XmlEditor
                    className="pool-edit-xml"
                    label={`Definition of pool ${pool.name}`}
                    value={xml}
                    onChange={setXml}
                    isReadOnly={lockedReason !== undefined || isFormChanged}
                    title={
                      isFormChanged
                        ? 'The settings were changed; save or take that back first'
                        : 'As stored, without secrets'
                    }
                  />
                </Suspense>
              ),
              mark: isXmlChanged ? 'Changed' : undefined,
            },
          ]}
        />
      </div>
      {error ? (
        <ErrorBox
          error={error}
          title="The pool was not changed"
          actions={error.kind === 'busy' ? <Button onPress={onAgain}>Read it again</Button> : null}
        />
      ) : null}
    </Dialog>
  )
}
