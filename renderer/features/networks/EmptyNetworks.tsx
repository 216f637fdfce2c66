import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { valuesSchema } from '../../../shared/model/hardware/change'
import { networkDefaults, nextSubnet } from '../../../shared/model/networks/network-defaults'
import { subnetText } from '../../../shared/model/networks/subnet'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { openDialog } from '../../stores/dialogs'
import { useClaimedTask } from '../../stores/use-claimed-task'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { NetworkIcon } from '../../ui/icons/hardware'
import { networkContext } from './network-context'
import { useNetworksSession } from './session'
import { openNetworkPage } from './store'

/** A host without any network: the usual one is a click away. */
export function EmptyNetworks() {
  const { host, lockedReason, choices, networks } = useNetworksSession()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const run = useClaimedTask()
  const context = networkContext(networks.value?.items ?? [], choices.value)
  const subnet = nextSubnet(context.subnets)
  const create = async (): Promise<void> => {
    if (subnet === undefined) return
    setBusy(true)
    setError(undefined)
    try {
      await run(() =>
        api.networks.create({
          host: host.id,
          values: valuesSchema.parse(networkDefaults(context)),
          start: true,
          autostart: true,
        }),
      )
      openNetworkPage(host.id, 'network:default')
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="panes-page net-page-empty" aria-label="No networks">
      {error ? (
        <div className="panes-banner-error">
          <ErrorBox error={error} title="The network could not be made" />
        </div>
      ) : null}
      <EmptyState
        icon={NetworkIcon}
        title="This host has no networks yet"
        actions={
          <>
            {subnet === undefined ? null : (
              <Button
                variant="primary"
                isBusy={isBusy}
                disabledReason={lockedReason}
                onPress={() => void create()}
              >
                Create the default network
              </Button>
            )}
            <Button
              disabledReason={lockedReason}
              onPress={() => openDialog({ kind: 'editNetwork', host: host.id })}
            >
              Choose another kind…
            </Button>
          </>
        }
      >
        {subnet === undefined
          ? 'The usual subnets are all in use here, so choose the addresses yourself.'
          : `With NAT, virtual machines reach the outside through the host. The default network hands out addresses of ${subnetText(subnet)}, starts at once and with the host.`}
      </EmptyState>
    </section>
  )
}
