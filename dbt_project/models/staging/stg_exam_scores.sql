{# A score is live where its group is: no text is touched here, since there are millions. #}

with

final as (
    select
        cast(group_id as bigint) as group_id,
        cast(pupil_key as bigint) as pupil_key,
        cast(score as double) as score,
        cast(status as tinyint) as status
    from {{ source('landing', 'exam_scores') }}
)

select * from final
