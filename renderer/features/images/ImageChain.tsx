import type { ImageReport } from '../../../shared/model/storage/image'
import { ErrorIcon } from '../../ui/icons/general'
import { MiddleTruncate } from '../../ui/MiddleTruncate'
import { nameOf, sizesOf } from './image-text'

interface Props {
  readonly report: ImageReport
  readonly chosen: number
  readonly onChoose: (at: number) => void
}

/** The image and those below it, as a stack: each is built on the next. */
export function ImageChain({ report, chosen, onChoose }: Props) {
  const { chain, brokenBy, dependants } = report
  return (
    <section className="image-chain" aria-label="Chain of images">
      {dependants.length === 0 ? null : (
        <div className="image-above">
          {dependants.length === 1 ? nameOf(dependants[0] ?? '') : `${dependants.length} images`} built on it
        </div>
      )}
      <ol>
        {chain.map((image, at) => (
          <li key={image.path}>
            <button
              type="button"
              className="image-box"
              aria-pressed={at === chosen}
              onClick={() => onChoose(at)}
            >
              <span className="image-role">{roleOf(at, chain.length, brokenBy !== undefined)}</span>
              <span className="image-name">{nameOf(image.path)}</span>
              <span className="image-path">
                <MiddleTruncate text={image.path} />
              </span>
              <span className="secondary">{sizesOf(image)}</span>
            </button>
          </li>
        ))}
        {brokenBy === undefined ? null : (
          <li>
            <div className="image-box image-missing">
              <ErrorIcon size={14} /> <span>{brokenBy}</span>
            </div>
          </li>
        )}
      </ol>
    </section>
  )
}

function roleOf(at: number, length: number, isBroken: boolean): string {
  if (at === 0) return length === 1 && !isBroken ? 'Stands alone' : 'This image'
  return at === length - 1 && !isBroken ? 'Base' : 'Built on'
}
