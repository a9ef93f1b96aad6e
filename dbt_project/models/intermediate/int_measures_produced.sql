with

contributions as (
    select * from {{ ref('int_contributions_united') }}
),

school_stages as (
    select * from {{ ref('int_school_stages_merged') }}
),

summed as (
    select
        school_year,
        school_code,
        stage,
        measure,
        sum(amount * share) as total,
        bool_and(amount is not null and share is not null) as is_complete,
        bool_or(is_split) as is_split,
        bool_or(is_corrected) as is_corrected,
        max(input_source) as input_source,
        string_agg(
            distinct case when amount is null then field end, ',' order by case when amount is null then field end
        )
            as missing_fields,
        string_agg(distinct field, ',' order by field) as fields,
        bool_or(amount is not null and share is null) as lacks_share
    from contributions
    group by school_year, school_code, stage, measure
),

final as (
    select
        summed.school_year,
        summed.school_code,
        summed.stage,
        summed.measure,
        case when summed.is_complete and summed.total > -1e-6 then greatest(summed.total, 0) end as amount,
        summed.is_split,
        coalesce(summed.is_corrected, false) or (summed.is_split and school_stages.has_corrected_pupils)
            as is_corrected,
        case when summed.is_split then school_stages.split_share end as split_share,
        summed.input_source,
        case
            when not summed.is_complete
                then concat_ws(
                        ',', summed.missing_fields, case when summed.lacks_share then 'other_stage_students' end
                    )
            when summed.total <= -1e-6 then summed.fields
        end as missing_fields,
        summed.is_complete and summed.total <= -1e-6 as is_negative
    from summed
    inner join school_stages
        on summed.school_year = school_stages.school_year
            and summed.school_code = school_stages.school_code
            and summed.stage = school_stages.stage
)

select * from final
