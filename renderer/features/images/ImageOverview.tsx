import { useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { ImageInfo, ImageMap, ImageReport } from '../../../shared/model/storage/image'
import { formatBytes } from '../../../shared/units'
import { ErrorDetails } from '../../components/ErrorDetails'
import { Note } from '../../ui/Note'
import { DiscNote } from './DiscNote'
import { factsOf, listed, nameOf, whyProtected } from './image-text'
import { ImageChain } from './ImageChain'
import { MapBar } from './MapBar'
import type { Answer } from '../../api/use-answer'

interface Props {
  readonly host: HostId
  readonly report: ImageReport
  readonly map: Answer<ImageMap>
}

/** What an image is built on, what is in it, and who needs it. */
export function ImageOverview({ host, report, map }: Props) {
  const [chosen, setChosen] = useState(0)
  const image = report.chain[chosen] ?? report.chain[0]
  const why = whyProtected(report)
  if (!image) return null
  return (
    <div className="image-overview">
      {why === undefined ? null : (
        <Note tone="warning" title={why}>
          {report.dependants.length === 0 ? null : (
            <span className="secondary">Built on it: {listed(report.dependants.map(nameOf))}.</span>
          )}
        </Note>
      )}
      {report.brokenBy === undefined ? null : (
        <Note tone="error" title={report.brokenBy}>
          <span>
            A VM does not start with it. Bring the base back, or name where it is now: “Work on it”, “Another
            base”.
          </span>
        </Note>
      )}
      {/* a disc has no header of an image */}
      {image.format === 'raw' ? <DiscNote key={image.path} host={host} path={image.path} /> : null}
      <div className="image-columns">
        <ImageChain report={report} chosen={chosen} onChoose={setChosen} />
        <section className="image-facts" aria-label={`About ${nameOf(image.path)}`}>
          <h3>{nameOf(image.path)}</h3>
          <dl>
            {factsOf(image).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="selectable">{value}</dd>
              </div>
            ))}
          </dl>
          <Snapshots image={image} />
        </section>
      </div>
      <section className="image-map" aria-label="What is where">
        <h3>What is where</h3>
        {map.value ? (
          <MapBar map={map.value} />
        ) : map.error ? (
          <div className="secondary">
            It could not be read: {map.error.message}
            <ErrorDetails error={map.error} />
          </div>
        ) : (
          <p className="secondary" role="status">
            Reading…
          </p>
        )}
      </section>
    </div>
  )
}

function Snapshots({ image }: { readonly image: ImageInfo }) {
  if (image.snapshots.length === 0) return null
  return (
    <>
      <h3>Snapshots inside</h3>
      <table className="image-table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Made</th>
            <th scope="col">With memory</th>
          </tr>
        </thead>
        <tbody>
          {image.snapshots.map(({ id, name, atMs, vmStateBytes }) => (
            <tr key={id}>
              <td>{name}</td>
              <td>{new Date(atMs).toLocaleString()}</td>
              <td>{vmStateBytes === 0 ? 'no' : formatBytes(vmStateBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="secondary">
        They belong to a VM and are made, reverted to and deleted there: done beside a VM, that damages the
        image.
      </p>
    </>
  )
}
