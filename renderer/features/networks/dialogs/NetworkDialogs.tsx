import type { NetworkDialogRequest } from '../../../stores/network-dialogs'
import { DeleteFilterDialog } from './DeleteFilterDialog'
import { DeleteNetworkDialog } from './DeleteNetworkDialog'
import { EditNetworkDialog } from './EditNetworkDialog'
import { NewFilterDialog } from './NewFilterDialog'
import { ReserveAddressDialog } from './ReserveAddressDialog'
import { RestartNetworkDialog, StopNetworkDialog } from './StopNetworkDialog'
import '../networks.css'

/** The dialogs of a host's networks and filters. */
export function NetworkDialogs({ dialog }: { dialog: NetworkDialogRequest }) {
  switch (dialog.kind) {
    case 'editNetwork':
      return <EditNetworkDialog host={dialog.host} network={dialog.network} />
    case 'stopNetwork':
      return <StopNetworkDialog host={dialog.host} network={dialog.network} />
    case 'restartNetwork':
      return (
        <RestartNetworkDialog
          host={dialog.host}
          network={dialog.network}
          isAfterEdit={dialog.isAfterEdit ?? false}
        />
      )
    case 'deleteNetwork':
      return <DeleteNetworkDialog host={dialog.host} network={dialog.network} />
    case 'reserveAddress':
      return <ReserveAddressDialog {...dialog} />
    case 'newFilter':
      return <NewFilterDialog host={dialog.host} like={dialog.like} />
    case 'deleteFilter':
      return <DeleteFilterDialog host={dialog.host} filter={dialog.filter} />
  }
}
