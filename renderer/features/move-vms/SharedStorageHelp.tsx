import { sharedStorages } from '../../../shared/model/migration/shared-storage'
import { Disclosure } from '../../ui/Disclosure'

const efforts = { low: 'Low', medium: 'Medium', high: 'High' }

/** For those whose hosts share nothing yet. */
export function SharedStorageHelp() {
  return (
    <Disclosure summary="Storage that hosts can share">
      <table className="move-storages selectable">
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">What it takes</th>
            <th scope="col">Effort</th>
          </tr>
        </thead>
        <tbody>
          {sharedStorages.map(({ id, name, takes, effort }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>{takes}</td>
              <td>{efforts[effort]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="secondary">A network of its own keeps the storage out of the way of guests and moves.</p>
    </Disclosure>
  )
}
