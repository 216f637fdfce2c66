import { useEffect, useState } from 'react'
import { AppError, errorData, type ErrorData } from '../../../../shared/errors'
import type { HostId } from '../../../../shared/model/ids'
import type { NetworkFilter } from '../../../../shared/model/networks/network'
import { api } from '../../../api/client'
import { ErrorBox } from '../../../components/ErrorBox'
import { closeDialog } from '../../../stores/dialogs'
import { useClaimedTask } from '../../../stores/use-claimed-task'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { ShieldIcon } from '../../../ui/icons/hardware'
import { Select } from '../../../ui/Select'
import { TextField } from '../../../ui/TextField'
import { copiedFilter, filterTemplates, filterXml, isFilterName } from '../filter-templates'
import { openNetworkPage } from '../store'

interface Props {
  readonly host: HostId
  /** Begins as a copy of this filter. */
  readonly like?: string | undefined
}

/** A filter under a new name, from a template or as a copy; its rules are edited on its page. */
export function NewFilterDialog({ host, like }: Props) {
  const [name, setName] = useState(like === undefined ? '' : `${like}-copy`)
  const [template, setTemplate] = useState(like === undefined ? 'asked' : `copy:${like}`)
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const [filters, setFilters] = useState<readonly NetworkFilter[]>()
  const run = useClaimedTask()
  useEffect(() => {
    let isCurrent = true
    const read = async (): Promise<void> => {
      try {
        const { items } = await api.networks.filters({ host })
        if (isCurrent) setFilters(items)
      } catch (reason) {
        if (isCurrent) setError(errorData(reason))
      }
    }
    void read()
    return () => {
      isCurrent = false
    }
  }, [host])

  const trimmed = name.trim()
  const problem = isFilterName(trimmed)
    ? filters?.some((one) => one.name === trimmed)
      ? 'There is a filter with this name already'
      : undefined
    : trimmed === ''
      ? 'Enter a name'
      : 'Use letters, digits, dots, dashes and underscores'
  const chosen = filterTemplates.find(({ id }) => id === template)
  const create = async (): Promise<void> => {
    setTried(true)
    if (problem !== undefined || isBusy) return
    setBusy(true)
    setError(undefined)
    try {
      const copied = filters?.find((one) => `copy:${one.name}` === template)
      if (!chosen && !copied) throw new AppError('not-found', 'The filter to copy is no longer there')
      const xml = chosen ? filterXml(trimmed, chosen.body) : copiedFilter(copied?.xml ?? '', trimmed)
      await run(() => api.networks.defineFilter({ host, xml }))
      openNetworkPage(host, `filter:${trimmed}`)
      closeDialog()
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title="New network filter"
      icon={ShieldIcon}
      width={520}
      onClose={closeDialog}
      onSubmit={() => void create()}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Create
          </Button>
        </>
      }
    >
      <p className="secondary">
        A filter is a set of rules for what may pass a network card. It does nothing until a card names it.
      </p>
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        autoFocus
        isMono
        placeholder="web-servers"
        error={isTried || (trimmed !== '' && problem !== 'Enter a name') ? problem : undefined}
      />
      <Select
        label="Begins as"
        value={template}
        onChange={setTemplate}
        hint={chosen?.note ?? 'The same rules under another name.'}
        options={[
          ...filterTemplates.map(({ id, label }) => ({ id, label })),
          ...(filters ?? []).map((one) => ({ id: `copy:${one.name}`, label: `Copy of ${one.name}` })),
          ...(filters === undefined && like !== undefined
            ? [{ id: `copy:${like}`, label: `Copy of ${like}` }]
            : []),
        ]}
      />
      {error ? <ErrorBox error={error} /> : null}
    </Dialog>
  )
}
