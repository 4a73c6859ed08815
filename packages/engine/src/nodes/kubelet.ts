import { images } from '../images/registry.ts';
import { kubeletWith } from '../kubelet/controller.ts';
import { defineController } from '../machinery/controller.ts';

/** The kubelets of a cluster with the images that they pull: the two do not know each other. */
export const kubelet = defineController(kubeletWith(images));
