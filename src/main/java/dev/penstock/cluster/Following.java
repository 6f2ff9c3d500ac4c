package dev.penstock.cluster;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/**
 * Hears of each object as it is now.
 *
 * @param there an object that is there, new or changed
 * @param gone one that was deleted, as it was seen last
 */
record Following<T>(Consumer<T> there, Consumer<T> gone) implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
        there.accept(object);
    }

    @Override
    public void onUpdate(T before, T object) {
        there.accept(object);
    }

    @Override
    public void onDelete(T object, boolean unknown) {
        gone.accept(object);
    }
}
